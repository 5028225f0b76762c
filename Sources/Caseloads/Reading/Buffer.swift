/// Bytes that are written over and over.
final class Buffer {
  let start: UnsafeMutablePointer<UInt8>

  init(size: Int) {
    start = .allocate(capacity: size)
  }

  deinit {
    start.deallocate()
  }
}
