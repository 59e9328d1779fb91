// swift-tools-version: 6.3
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A library target that is also a product of its own name.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// The tests that mirror a target.
func tests(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name)] + dependencies,
        resources: resources, swiftSettings: swiftSettings)
}

let libraries: [Target] = [
    library("Penstock"),
    library("PenstockIO", ["Penstock", "CPenstockCurl"]),
    library("PenstockConverters", ["Penstock"]),
    library("PenstockAWS", ["Penstock", "PenstockIO", "CPenstockOpenSSL"]),
    library(
        "PenstockKafka",
        ["Penstock", "PenstockIO", "PenstockAWS", "CPenstockRDKafka", "CPenstockOpenSSL"]),
    library("PenstockDynamoDB", ["Penstock", "PenstockIO", "PenstockAWS"]),
    library("PenstockDynamoDBSink", ["Penstock", "PenstockIO", "PenstockAWS", "PenstockDynamoDB"]),
    library("PenstockRuntime", ["Penstock", "PenstockIO", "PenstockConverters", "PenstockKafka"]),
    library(
        "PenstockTesting",
        ["Penstock", "PenstockIO", "PenstockAWS", "PenstockDynamoDB", "CPenstockSystem"]),
]

/// A program of the documentation: nobody's product, but it compiles with the package.
func example(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: "Example" + name, dependencies: dependencies,
        path: "Documentation/Examples/" + name, swiftSettings: swiftSettings)
}

let examples: [Target] = [
    example("TopicsIntoTable", ["PenstockDynamoDBSink", "PenstockRuntime"]),
    example("PropertiesFile", ["PenstockDynamoDBSink", "PenstockRuntime"]),
    example("OwnSink", ["Penstock", "PenstockRuntime"]),
    example(
        "OwnTokens", ["Penstock", "PenstockDynamoDBSink", "PenstockKafka", "PenstockRuntime"]),
    example("DynamoDBAlone", ["PenstockAWS", "PenstockDynamoDB"]),
    example("SigningAlone", ["Penstock", "PenstockAWS", "PenstockIO"]),
    example("Credentials", ["PenstockAWS"]),
]

let package = Package(
    name: "penstock",
    products: libraries.map { .library(name: $0.name, targets: [$0.name]) } + [
        .executable(name: "penstock", targets: ["PenstockCLI"])
    ],
    targets: libraries + examples + [
        .executableTarget(
            name: "PenstockCLI",
            dependencies: [
                "Penstock", "PenstockAWS", "PenstockKafka", "PenstockRuntime",
                "PenstockDynamoDBSink",
                "CPenstockThreadSanitizer",
            ],
            swiftSettings: swiftSettings),

        // What the thread sanitizer has to be told in the two executables that are run with it: the
        // command and the tests, which are all one. As good as empty in any other build.
        .target(name: "CPenstockThreadSanitizer"),

        .systemLibrary(
            name: "CPenstockCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CPenstockRDKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(
            name: "CPenstockOpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

        // Calls of the system that no module of Swift declares.
        .systemLibrary(name: "CPenstockSystem"),

        tests("Penstock", resources: [.copy("Cases")]),
        // A resolver that is slow for some names, for tests of time limits.
        .target(name: "CPenstockSlowResolver", path: "Tests/CPenstockSlowResolver"),
        tests(
            "PenstockIO", ["CPenstockSlowResolver", "CPenstockSystem", "CPenstockThreadSanitizer"]),
        tests("PenstockConverters", resources: [.copy("Cases")]),
        // Servers that the tests of more than one target talk to.
        .target(
            name: "TestServers", dependencies: ["CPenstockSystem"], path: "Tests/TestServers",
            swiftSettings: swiftSettings),
        tests(
            "PenstockKafka",
            ["Penstock", "PenstockIO", "PenstockAWS", "CPenstockRDKafka", "TestServers"],
            resources: [.copy("Cases")]),
        tests("PenstockAWS", ["TestServers"], resources: [.copy("Cases")]),
        tests("PenstockDynamoDB", ["PenstockTesting", "TestServers"], resources: [.copy("Cases")]),
        tests("PenstockDynamoDBSink", ["PenstockTesting", "TestServers"]),
        // Counts the allocations of one thread, for the test of the record path.
        .target(name: "CPenstockAllocationCounter", path: "Tests/CPenstockAllocationCounter"),
        tests(
            "PenstockRuntime",
            ["PenstockDynamoDBSink", "PenstockTesting", "CPenstockAllocationCounter"],
            resources: [.copy("Cases")]),
        tests("PenstockTesting"),
        tests("PenstockCLI"),
        .testTarget(
            name: "IntegrationTests",
            dependencies: libraries.map { .byName(name: $0.name) } + [
                "CPenstockSystem", "TestServers",
            ],
            swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
