import Glibc

/// A thread for one closure, which may wait as long as it likes.
final class DetachedThread {
    private let body: () -> Void

    init(_ body: @escaping () -> Void) {
        self.body = body
    }

    func start() {
        var thread = pthread_t()
        // The thread keeps this object alive until it ends.
        let box = Unmanaged.passRetained(self).toOpaque()
        let failure = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<DetachedThread>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, box)
        precondition(failure == 0, "no thread can be made: \(failure)")
        pthread_detach(thread)
    }
}
