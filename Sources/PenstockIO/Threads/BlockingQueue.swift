import Glibc

/// Functions handed from many threads to one, which sleeps while there is none.
///
/// `@unchecked Sendable`: `mutex` guards all that changes.
final class BlockingQueue: @unchecked Sendable {
    enum Admission { case taken, full, closed }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let capacity: Int
    private var calls: [@Sendable () -> Void] = []
    private var isClosed = false

    init(capacity: Int) {
        self.capacity = capacity
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    func append(_ call: @escaping @Sendable () -> Void) -> Admission {
        locked {
            guard !isClosed else { return .closed }
            guard calls.count < capacity else { return .full }
            calls.append(call)
            pthread_cond_signal(changed)
            return .taken
        }
    }

    /// The next function; waits for one, and is nil when the queue is closed and empty.
    func next() -> (@Sendable () -> Void)? {
        locked {
            while calls.isEmpty {
                if isClosed { return nil }
                pthread_cond_wait(changed, mutex)
            }
            return calls.removeFirst()
        }
    }

    func close() {
        locked {
            isClosed = true
            pthread_cond_broadcast(changed)
        }
    }

    private func locked<T>(_ body: () -> T) -> T {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
