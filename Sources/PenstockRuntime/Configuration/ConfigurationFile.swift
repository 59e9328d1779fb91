import FoundationEssentials
import Penstock

/// What one configuration file says: properties in Java's format, or JSON as Connect's API takes it.
struct ConfigurationFile {
    /// The file's path, as given.
    var path: String
    /// The properties; JSON's nulls are left out.
    var properties: [String: String]
    /// The state that a JSON request asks for.
    var initialState: ConnectorConfiguration.InitialState?

    /// Whether it describes a connector and not a worker.
    var isConnector: Bool {
        properties["connector.class"] != nil || properties["name"] != nil
    }

    /// Whether it holds what only a connector's file has, although it lacks name and class.
    var resemblesConnector: Bool {
        ["topics", "topics.regex", "tasks.max"].contains { properties[$0] != nil }
    }

    /// Reads a file.
    /// - Throws: One fault that names the file and, where it can, the line.
    init(path: String) throws(ConfigurationError) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw ConfigurationError(path, Self.reason(of: error))
        }
        try self.init(path: path, bytes: Array(data))
    }

    /// Reads a file's content: a byte order mark is dropped, and it is JSON where its first character opens an object.
    init(path: String, bytes: [UInt8]) throws(ConfigurationError) {
        self.path = path
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        if text.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{") {
            let document = try ConnectorDocument(path: path, json: text)
            properties = document.properties
            initialState = document.initialState
        } else {
            do {
                properties = try PropertiesReader.read(text)
            } catch { throw ConfigurationError("\(path):\(error.line)", error.reason) }
        }
    }

    private static func reason(of error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile?, .fileNoSuchFile?: "does not exist"
        case .fileReadNoPermission?: "may not be read by this user"
        default: "cannot be read as a file"
        }
    }
}
