// swift-tools-version: 6.3

import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let asyncHTTPClient = Target.Dependency.product(
  name: "AsyncHTTPClient", package: "async-http-client")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nio = ["NIOCore", "NIOPosix"].map { Target.Dependency.product(name: $0, package: "swift-nio") }

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

/// A C library from Debian, found by pkg-config. Only modules that name it can import it.
func library(_ name: String, folder: String, pkgConfig: String, debian: String) -> Target {
  .systemLibrary(
    name: name, path: "Libraries/\(folder)", pkgConfig: pkgConfig, providers: [.apt([debian])])
}

let package = Package(
  name: "plumbline",
  products: [.executable(name: "plumbline", targets: ["Tool"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
  ],
  targets: [
    // What is Debian's.
    library("CZip", folder: "Zip", pkgConfig: "libzip", debian: "libzip-dev"),
    library(
      "CXLSXWriter", folder: "XLSXWriter", pkgConfig: "xlsxwriter", debian: "libxlsxwriter-dev"),
    library("CPostgreSQL", folder: "PostgreSQL", pkgConfig: "libpq", debian: "libpq-dev"),

    // The ground.
    module("Problems"),
    module("Statistics"),
    module("Calendars", resources: [.copy("BankHolidays")]),
    module("Cores"),
    module("Names"),
    module("OrderedJSON", imports: ["Cores"]),
    module("RuleFiles", imports: ["Problems", crypto, yams]),
    module("Records", imports: ["Calendars", "OrderedJSON", "RuleFiles", crypto]),
    module("People", imports: ["Calendars", "RuleFiles", crypto, cryptoExtras]),
    module("Spreadsheets", imports: ["Problems", "CZip", "CXLSXWriter"]),
    module("Providers", imports: ["Calendars"]),
    module(
      "Standards",
      imports: ["Calendars", "Problems", "Providers", "RuleFiles", "Statistics", yams],
      resources: [.copy("RuleBooks"), .copy("Concordances")]),
    module("Inspections", imports: ["Calendars", "Providers", "RuleFiles", "Standards"]),

    // The line.
    module(
      "Plans", imports: ["Calendars", "Problems", "RuleFiles", yams],
      resources: [.copy("ProjectPlans")]),
    module(
      "Caseloads",
      imports: [
        "Calendars", "Cores", "Names", "Problems", "RuleFiles", "Spreadsheets", crypto, yams,
      ],
      resources: [.copy("Profiles")]),
    module(
      "Samples",
      imports: [
        "Calendars", "Caseloads", "Cores", "Problems", "RuleFiles", "Spreadsheets", "Statistics",
        crypto, yams,
      ],
      resources: [.copy("SamplingPlans")]),
    module(
      "Judgements", imports: ["Names", "Problems", "Spreadsheets", "Standards", "Statistics"]),
    module(
      "Ratings", imports: ["Judgements", "Problems", "RuleFiles", "Standards", "Statistics"]),
    module(
      "Fieldwork",
      imports: [
        "Calendars", "OrderedJSON", "Providers", "Records", "RuleFiles", "Samples", "Standards",
        "Statistics",
      ]),
    module(
      "Publications",
      imports: [
        "Calendars", "Inspections", "Problems", "Providers", "Ratings", "RuleFiles",
        "Spreadsheets", "Standards",
      ],
      resources: [.copy("Register")]),
    module(
      "LeagueTables",
      imports: ["Calendars", "Inspections", "Providers", "Publications", "Standards"]),

    // The product.
    module(
      "Workflows",
      imports: [
        "Calendars", "Caseloads", "Cores", "Fieldwork", "Inspections", "Judgements", "LeagueTables",
        "OrderedJSON", "People", "Plans", "Problems", "Providers", "Publications", "Ratings",
        "Records", "RuleFiles", "Samples", "Spreadsheets", "Standards", "Statistics", crypto,
      ],
      resources: [.copy("TrainingInspection")]),
    module(
      "Storage",
      imports: [
        "Calendars", "CPostgreSQL", "Fieldwork", "People", "Problems", "Providers", "Records",
        "RuleFiles", "Spreadsheets", "Standards", "Workflows", grdb,
      ]),
    module(
      "OpenIDConnect",
      imports: [
        "Calendars", "OrderedJSON", "People", "Workflows", asyncHTTPClient, jwtKit, nio[0], nioHTTP,
      ]),
    module(
      "Website",
      imports: [
        "Calendars", "Caseloads", "Fieldwork", "Inspections", "Judgements", "LeagueTables",
        "OrderedJSON", "People", "Plans", "Problems", "Providers", "Publications", "Ratings",
        "Records", "RuleFiles", "Samples", "Spreadsheets", "Standards", "Statistics", "Workflows",
        crypto, hummingbird, hummingbirdTLS, nioSSL,
      ] + nio,
      resources: [.copy("Assets")]),
    .executableTarget(
      name: "Tool",
      dependencies: [
        "Calendars", "Caseloads", "Fieldwork", "Judgements", "LeagueTables", "OpenIDConnect",
        "OrderedJSON", "People", "Plans", "Problems", "Providers", "Publications", "Ratings",
        "Records",
        "RuleFiles", "Samples",
        "Spreadsheets", "Standards", "Statistics", "Storage", "Website", "Workflows",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // The tests.
    module("TestKit"),
    tests("StatisticsTests", imports: ["Statistics"], resources: [.copy("Tables")]),
    tests("CalendarsTests", imports: ["Calendars"], resources: [.copy("Tables")]),
    tests(
      "FieldworkTests",
      imports: [
        "Calendars", "Fieldwork", "OrderedJSON", "Providers", "Records", "RuleFiles", "Samples",
        "Standards", "Statistics",
      ]),
    tests("PeopleTests", imports: ["Calendars", "People"]),
    tests("PlansTests", imports: ["Calendars", "Plans", "Problems"]),
    tests("ProblemsTests", imports: ["Problems"]),
    tests("RecordsTests", imports: ["Calendars", "OrderedJSON", "Records", "RuleFiles"]),
    tests("SpreadsheetsTests", imports: ["CZip", "Problems", "Spreadsheets"]),
    tests(
      "StandardsTests",
      imports: [
        "Calendars", "Problems", "Providers", "RuleFiles", "Standards", "Statistics",
      ],
      resources: [.copy("Tables"), .copy("Fixtures")]),
    tests(
      "CaseloadsTests",
      imports: ["Calendars", "Caseloads", "Problems", "RuleFiles", "Spreadsheets", crypto],
      resources: [.copy("Tables")]),
    tests(
      "SamplesTests",
      imports: ["Calendars", "Caseloads", "Problems", "Samples", "Spreadsheets", "Statistics"],
      resources: [.copy("Tables")]),
    tests(
      "JudgementsTests",
      imports: ["Judgements", "Problems", "Spreadsheets", "Standards", "Statistics"],
      resources: [.copy("Fixtures")]),
    tests(
      "RatingsTests",
      imports: ["Judgements", "Problems", "Ratings", "Standards", "Statistics"],
      resources: [.copy("Tables"), .copy("Fixtures")]),
    tests(
      "PublicationsTests",
      imports: [
        "Calendars", "Inspections", "Problems", "Providers", "Publications", "Spreadsheets",
        "Standards",
      ],
      resources: [.copy("Tables")]),
    tests(
      "LeagueTablesTests",
      imports: [
        "Calendars", "Inspections", "LeagueTables", "Providers", "Publications", "Standards",
      ]
    ),
    tests(
      "WorkflowsTests",
      imports: [
        "Calendars", "Caseloads", "Fieldwork", "Judgements", "LeagueTables", "OrderedJSON",
        "Problems", "Providers", "Publications", "Ratings", "Records", "RuleFiles", "Samples",
        "Spreadsheets", "Standards", "Statistics", "Storage", "Workflows",
      ]),
    tests(
      "StorageTests",
      imports: [
        "Calendars", "Fieldwork", "OrderedJSON", "People", "Problems", "Providers", "Records",
        "RuleFiles", "Standards", "Storage", "Workflows",
      ]),
    tests(
      "OpenIDConnectTests",
      imports: [
        "Calendars", "OpenIDConnect", "OrderedJSON", "People", "Workflows", asyncHTTPClient, crypto,
        cryptoExtras, hummingbird, nio[0], nioHTTP,
      ]),
    tests(
      "WebsiteTests",
      imports: [
        "Calendars", "Inspections", "Problems", "Providers", "Publications", "Ratings", "RuleFiles",
        "Samples", "Standards", "Website", "Workflows",
      ]),
    tests(
      "StaffTests",
      imports: [
        "Calendars", "Caseloads", "Fieldwork", "OrderedJSON", "People", "Problems", "Providers",
        "Publications", "Ratings", "Records", "RuleFiles", "Samples", "Spreadsheets", "Standards",
        "Statistics", "Storage", "Website", "Workflows",
      ], resources: [.copy("Tables")]),
    tests("ToolTests", imports: ["Tool"], resources: [.copy("Fixtures")]),

    // What any input is tried with, by the tests and by `./task fuzz`.
    .target(
      name: "Trials",
      dependencies: [
        "Calendars", "Caseloads", "Judgements", "OrderedJSON", "Problems", "Records", "RuleFiles",
        "Samples", "Spreadsheets", "Standards", "Statistics", "Workflows",
      ],
      path: "fuzz/Trials", swiftSettings: strict),
    tests("TrialsTests", imports: ["Trials"], resources: [.copy("Corpus")]),
  ],
  swiftLanguageModes: [.v6]
)

// It can only be built with libFuzzer, so nobody else sees it.
if Context.environment["PLUMBLINE_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzzer", dependencies: ["Trials"], path: "fuzz/Fuzzer", swiftSettings: strict))
}
