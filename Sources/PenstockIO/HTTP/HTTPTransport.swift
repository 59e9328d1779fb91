import CPenstockCurl

/// The requests of one client on one loop: those under way, those that wait for a connection, and
/// handles for reuse.
///
/// `@unchecked Sendable`: all its state is touched on the thread of its loop only.
final class HTTPTransport: @unchecked Sendable {
    let configuration: HTTPClientConfiguration
    private unowned let core: LoopCore
    private var hosts: [String: HTTPHost] = [:]
    private var inFlight: [ObjectIdentifier: HTTPExchange] = [:]
    private var idle: [HTTPExchange] = []
    /// Nothing is kept any more: an idle exchange and its transport would keep each other.
    private var isStopped = false

    init(configuration: HTTPClientConfiguration, core: LoopCore) {
        self.configuration = configuration
        self.core = core
    }

    func host(for target: HTTPTarget) -> HTTPHost {
        if let host = hosts[target.origin] { return host }
        let host = HTTPHost()
        hosts[target.origin] = host
        return host
    }

    // MARK: Exchanges for reuse

    func takeIdle() -> HTTPExchange? { idle.popLast() }

    /// Keeps as many handles as there can be connections to one host.
    func giveBack(_ exchange: HTTPExchange) {
        if !isStopped, idle.count < configuration.connectionsPerHost { idle.append(exchange) }
    }

    // MARK: Requests

    /// Starts a request, or lets it wait for its turn; returns false where it has to wait.
    func start(_ exchange: HTTPExchange, host: HTTPHost) -> Bool {
        guard host.active < max(1, configuration.connectionsPerHost) else {
            host.waiting.append(exchange)
            return false
        }
        begin(exchange, host)
        return true
    }

    /// Takes back a request that waits.
    func withdraw(_ exchange: HTTPExchange, host: HTTPHost) {
        host.waiting.removeAll { $0 === exchange }
    }

    /// Takes a request out that has ended or is not wanted any more, and lets the next one start.
    func remove(_ exchange: HTTPExchange, host: HTTPHost) {
        core.multi.remove(exchange.easy.raw)
        inFlight[ObjectIdentifier(exchange)] = nil
        host.active -= 1
        while host.active < max(1, configuration.connectionsPerHost), !host.waiting.isEmpty {
            let next = host.waiting.removeFirst()
            if next.prepareAfterWait() { begin(next, host) }
        }
    }

    private func begin(_ exchange: HTTPExchange, _ host: HTTPHost) {
        host.active += 1
        inFlight[ObjectIdentifier(exchange)] = exchange
        core.hasNewTransfers = true
        let code = core.multi.add(exchange.easy.raw)
        precondition(code == CURLM_OK, "an idle handle can be added to its multi handle")
    }

    /// Ends every request as if it had been cancelled.
    func stop() {
        isStopped = true
        for host in hosts.values {
            let waiting = host.waiting
            host.waiting = []
            for exchange in waiting { exchange.stop() }
        }
        for exchange in inFlight.values { exchange.stop() }
        idle = []
    }
}

/// What one host's requests share.
final class HTTPHost {
    /// Requests that have a connection or are making one.
    var active = 0
    /// Requests that wait for one, in order.
    ///
    /// Bound: each belongs to a task that waits for it.
    var waiting: [HTTPExchange] = []
}
