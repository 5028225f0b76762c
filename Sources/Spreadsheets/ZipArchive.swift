import CZip

/// A zip file in memory, whose parts are unpacked piece by piece. Counts what is unpacked and stops
/// at the limits.
final class ZipArchive {
  private let archive: OpaquePointer
  private let size: Int

  /// How many bytes may still be unpacked, over all parts.
  fileprivate var left = XLSXLimits.mostUnpacked

  /// - Parameter bytes: The whole file. Must outlive the archive.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(XLSXFault) {
    try ZipDirectory.check(bytes)
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    let source = zip_source_buffer_create(bytes.baseAddress, UInt64(bytes.count), 0, &error)
    guard let source else { throw .damaged }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw .damaged
    }
    self.archive = archive
    size = bytes.count
    guard zip_get_num_entries(archive, 0) <= XLSXLimits.mostParts else { throw .tooManyParts }
  }

  deinit {
    zip_discard(archive)
  }

  /// Whether there is a part of that name. Capitals do not matter.
  func has(_ name: String) -> Bool { index(of: name) != nil }

  /// Opens the part of that name, or returns nothing when there is none.
  func part(_ name: String) throws(XLSXFault) -> ZipPart? {
    guard let index = index(of: name) else { return nil }
    var stat = zip_stat_t()
    guard zip_stat_index(archive, index, 0, &stat) == 0 else { throw .damaged }
    guard stat.encryption_method == ZIP_EM_NONE else { throw .encrypted }
    guard [ZIP_CM_STORE, ZIP_CM_DEFLATE].contains(Int32(stat.comp_method)) else {
      throw .unknownCompression
    }
    guard let file = zip_fopen_index(archive, index, 0) else { throw .damaged }
    return ZipPart(self, file, packed: Int(min(stat.comp_size, UInt64(size))))
  }

  private func index(of name: String) -> UInt64? {
    let index = zip_name_locate(archive, name, UInt32(ZIP_FL_NOCASE))
    return index < 0 ? nil : UInt64(index)
  }
}

/// A part of a zip file while it is being unpacked.
final class ZipPart {
  private let archive: ZipArchive
  private let file: OpaquePointer
  private let most: Int
  private var unpacked = 0

  /// - Parameter packed: How many bytes the part takes in the file, never more than there are.
  fileprivate init(_ archive: ZipArchive, _ file: OpaquePointer, packed: Int) {
    self.archive = archive
    self.file = file
    most = max(XLSXLimits.unpackedUnchecked, packed * XLSXLimits.largestRatio)
  }

  deinit {
    zip_fclose(file)
  }

  /// Unpacks on, `count` bytes at most.
  ///
  /// - Returns: How many bytes were unpacked; none at the end, where their checksum was right.
  func read(into place: UnsafeMutablePointer<UInt8>, atMost count: Int) throws(XLSXFault) -> Int {
    let got = Int(zip_fread(file, place, UInt64(count)))
    guard got >= 0 else { throw .damaged }
    unpacked += got
    archive.left -= got
    guard archive.left >= 0 else { throw .unpacksTooLarge }
    guard unpacked <= most else { throw .unpacksTooFar }
    return got
  }
}
