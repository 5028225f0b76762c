extension CaseList {
  /// The other orders of the people whose orders stand on some lines, whether or not a sample would
  /// have them.
  ///
  /// - Parameter decisions: Which orders are another person's after all.
  /// - Returns: By line, in the order of ``Match/orders``. A line is missing where the person has
  ///   one order.
  public func otherOrders(
    ofLines lines: Set<Int>, by decisions: KeepDecisions?
  ) -> [Int: [CaseRecord]] {
    var others: [Int: [CaseRecord]] = [:]
    for match in matches().people {
      let orders = match.ordersOfOnePerson(by: decisions)
      guard orders.count > 1 else { continue }
      for order in orders where lines.contains(Int(order.line)) {
        others[Int(order.line)] = orders.filter { $0.line != order.line }
      }
    }
    return others
  }
}

extension Match {
  /// The orders that nobody said are another person's.
  fileprivate func ordersOfOnePerson(by decisions: KeepDecisions?) -> [CaseRecord] {
    guard let decisions else { return orders }
    let separate = Set(
      decisions.about(orders)
        .filter { decisions.entries[$0.entry].decision == .separate }.map(\.order))
    return orders.indices.filter { !separate.contains($0) }.map { orders[$0] }
  }
}
