/// The items of a query or scan, fetched a page at a time as they are read.
///
/// Errors end the sequence; cancelling the task does too, with `cancelled`. Each iteration starts
/// from the beginning.
public struct Items<Element: Sendable>: AsyncSequence, Sendable {
    /// What a page holds, and where the next begins.
    struct Page: Sendable {
        var elements: [Element]
        var lastKey: Item?
    }

    let fetch: @Sendable (_ startKey: Item?) async throws(DynamoDBError) -> Page

    /// Starts from the beginning.
    public func makeAsyncIterator() -> Iterator { Iterator(fetch: fetch) }

    /// Steps from item to item.
    public struct Iterator: AsyncIteratorProtocol {
        let fetch: @Sendable (_ startKey: Item?) async throws(DynamoDBError) -> Page
        private var page: ArraySlice<Element> = []
        private var startKey: Item?
        private var isLast = false

        init(
            fetch: @escaping @Sendable (_ startKey: Item?) async throws(DynamoDBError) -> Page
        ) {
            self.fetch = fetch
        }

        /// The next item, or nil at the end.
        ///
        /// - Throws: ``DynamoDBError`` where a page cannot be read, with `coding` where an item
        ///   does not fit the Swift type.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(DynamoDBError) -> Element? {
            // A page may be empty although others follow.
            while page.isEmpty, !isLast {
                let fetched = try await fetch(startKey)
                page = fetched.elements[...]
                startKey = fetched.lastKey
                isLast = fetched.lastKey == nil
            }
            return page.popFirst()
        }

        /// The next item, or nil at the end.
        public mutating func next() async throws(DynamoDBError) -> Element? {
            try await next(isolation: nil)
        }
    }
}
