// swift-tools-version: 6.3

import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]


/// A module of the product. The list below is in the order of the flow: a module may import only
/// modules that stand above it.
func module(
  _ name: String, imports: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .target(name: name, dependencies: imports, resources: resources, swiftSettings: strict)
}

func tests(
  _ name: String, imports: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: imports + ["TestKit"], resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "plumbline",
  dependencies: [
  ],
  targets: [
    // The ground.
    module("Problems"),
    module("Statistics"),
    module("Calendars"),
    module("Spreadsheets", imports: ["Problems"]),
    module("Providers", imports: ["Calendars"]),

    // The line.

    // The product.

    // The tests.
    module("TestKit"),
    tests("StatisticsTests", imports: ["Statistics"], resources: [.copy("Tables")]),
    tests("CalendarsTests", imports: ["Calendars"]),
    tests("ProblemsTests", imports: ["Problems"]),
    tests("SpreadsheetsTests", imports: ["Problems", "Spreadsheets"]),
  ],
  swiftLanguageModes: [.v6]
)
