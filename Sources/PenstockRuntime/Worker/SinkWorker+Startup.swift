import Penstock
import PenstockIO

extension SinkWorker {
    /// Runs the task's own work beside its calls.
    func runTask() async {
        guard let error = await driver.runTask() else { return }
        guard ending == nil else { return }
        end(.failed(error))
        alarm.wake()
    }

    /// Joins the group; a pattern needs the broker, which may be away.
    func subscribe() async {
        while ending == nil, !stop.isRequested {
            do throws(BrokerError) {
                return try await consumer.subscribe(to: settings.topics)
            } catch {
                if error.kind == .fatal { return ending = .failed(error.cause ?? error) }
                health.failed(error)
                await waitForRetry(after: nil)
            }
        }
    }

    /// Waits before something is tried again; less long where the worker is to end.
    ///
    /// A member of the group polls meanwhile.
    func waitForRetry(after delay: Duration?, keepsMembership: Bool = false) async {
        let delay = delay ?? backoff.next(chance: .random(in: 0...1))
        let end = ContinuousClock.now + delay
        while !stop.isRequested, ending == nil, end > .now {
            await alarm.wait(atMost: min(end - .now, .seconds(1)))
            if keepsMembership { pollWhileWaiting() }
        }
    }

    /// Asks the broker now and then whether it answers, while that is in doubt: a topic without
    /// records would not tell.
    func probeInDoubt() async {
        while !Task.isCancelled {
            do { try await loop.sleep(for: .seconds(2)) } catch { return }
            guard health.isInDoubt, !Task.isCancelled else { continue }
            do throws(BrokerError) {
                try await consumer.probe()
                health.answered()
            } catch {}
        }
    }
}
