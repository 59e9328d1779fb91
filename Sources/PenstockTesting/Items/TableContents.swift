/// The items of a table: partitions in the order of their first write, each sorted by sort key.
struct TableContents {
    private(set) var partitions: [Partition] = []
    private var places: [KeyValue: Int] = [:]
    private(set) var count = 0

    /// The items under one hash key; it stays when the last of them goes.
    struct Partition {
        let hash: KeyValue
        var items: [StoredItem] = []
    }

    /// The items under a hash key, in the order of their sort keys.
    func items(under hash: KeyValue) -> [StoredItem] {
        places[hash].map { partitions[$0].items } ?? []
    }

    subscript(_ key: ItemKey) -> StoredItem? {
        guard let place = places[key.hash] else { return nil }
        let (index, found) = partitions[place].search(key.sort)
        return found ? partitions[place].items[index] : nil
    }

    /// Keeps an item in the place of the one with its key, which is returned.
    @discardableResult
    mutating func put(_ item: StoredItem) -> StoredItem? {
        let place = place(of: item.key.hash)
        let (index, found) = partitions[place].search(item.key.sort)
        if found {
            let old = partitions[place].items[index]
            partitions[place].items[index] = item
            return old
        }
        partitions[place].items.insert(item, at: index)
        count += 1
        return nil
    }

    /// Removes and returns the item under a key.
    @discardableResult
    mutating func remove(_ key: ItemKey) -> StoredItem? {
        guard let place = places[key.hash] else { return nil }
        let (index, found) = partitions[place].search(key.sort)
        guard found else { return nil }
        count -= 1
        return partitions[place].items.remove(at: index)
    }

    /// The number of a partition that has been written to, for scans that continue.
    func number(of hash: KeyValue) -> Int? { places[hash] }

    private mutating func place(of hash: KeyValue) -> Int {
        if let place = places[hash] { return place }
        partitions.append(Partition(hash: hash))
        places[hash] = partitions.count - 1
        return partitions.count - 1
    }
}

extension TableContents.Partition {
    /// Where a sort key stands, or where it would.
    func search(_ sort: KeyValue?) -> (index: Int, found: Bool) {
        guard let sort else { return (0, !items.isEmpty) }
        // Most writes go behind the last item.
        guard let last = items.last?.key.sort, !(last < sort) else { return (items.count, false) }
        var low = 0
        var high = items.count
        while low < high {
            let middle = (low + high) / 2
            if let key = items[middle].key.sort, key < sort {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return (low, low < items.count && items[low].key.sort == sort)
    }
}
