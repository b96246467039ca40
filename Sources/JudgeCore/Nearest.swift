/// The word of `known` that was most likely meant by `word`; nil when none is close.
///
/// Close means: at most a third of the letters changed, added, left out or swapped with their
/// neighbour (optimal string alignment distance), and at least one such slip is always forgiven.
/// Of equally close words the first by name wins, so that the answer does not change from one run to
/// the next.
package func nearest(to word: String, among known: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().utf8.prefix(64))
    let allowed = max(1, letters.count / 3)
    var best: (word: String, distance: Int)?
    for candidate in known.sorted() {
        let distance = slips(letters, Array(candidate.lowercased().utf8.prefix(64)))
        if distance <= allowed, distance < best?.distance ?? Int.max {
            best = (candidate, distance)
        }
    }
    return best?.word
}

/// Optimal string alignment distance in three rolling rows.
private func slips(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let change = last[column] + (left[row] == right[column] ? 0 : 1)
            var cost = min(change, last[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
