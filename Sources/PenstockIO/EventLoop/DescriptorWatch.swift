/// A file descriptor whose readiness to be read wakes a loop.
///
/// `@unchecked Sendable`: all its state is touched on the thread of its loop only.
package final class DescriptorWatch: @unchecked Sendable {
    let descriptor: Int32
    private(set) var onReadable: (() -> Void)?
    private unowned let core: LoopCore

    init(descriptor: Int32, core: LoopCore, onReadable: @escaping () -> Void) {
        self.descriptor = descriptor
        self.core = core
        self.onReadable = onReadable
    }

    /// Ends the watch.
    ///
    /// The descriptor stays the caller's, who may close it now. On the loop only.
    package func cancel() {
        guard onReadable != nil else { return }
        onReadable = nil
        core.remove(self)
    }

    /// The loop ends, and with it the watch.
    func stop() { onReadable = nil }
}
