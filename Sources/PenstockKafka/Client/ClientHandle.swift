import CPenstockRDKafka
import Penstock
import PenstockIO

/// The owner of one librdkafka client.
struct ClientHandle: ~Copyable {
    /// The client; lent for calls only.
    let pointer: OpaquePointer
    /// What supplies the client with tokens; held by hand, since `discard` wants plain properties.
    private let tokens: Unmanaged<TokenFeed>?

    /// Makes a client of the configuration's kind and takes the configuration over.
    ///
    /// Where it logs in by tokens, `tokens` supplies it for as long as it lives.
    init(
        _ type: rd_kafka_type_t, _ configuration: consuming ClientConfiguration,
        tokens: TokenFeed? = nil
    ) throws(KafkaError) {
        var text = [CChar](repeating: 0, count: 512)
        let settings = configuration.release()
        guard let pointer = rd_kafka_new(type, settings, &text, text.count) else {
            rd_kafka_conf_destroy(settings)
            let code = KafkaErrorCode(rd_kafka_last_error())
            let sentence = text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
            throw KafkaError(code, kind: .fatal, detail: sentence)
        }
        self.pointer = pointer
        self.tokens = tokens.map { Unmanaged.passRetained($0) }
        tokens?.add(shared)
    }

    /// Without ``destroy(on:keeping:)`` the client ends here, blocking for moments, and its group
    /// learns of it by the session's timeout.
    deinit {
        refuseTokens()
        rd_kafka_destroy_flags(pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    }

    /// After this no thread but the caller's uses the client; once only.
    private func refuseTokens() {
        tokens?.takeUnretainedValue().remove(shared)
        tokens?.release()
    }

    /// A reference that may be used on the thread for blocking calls.
    var shared: SharedClient { SharedClient(pointer: pointer) }

    /// Leaves the client, its threads and connections to the process's end.
    consuming func abandon() {
        refuseTokens()
        discard self
    }

    /// Ends the client on a thread that may block, and returns when it has ended.
    ///
    /// `object` is what the client's callbacks refer to: it is kept until they have ended.
    consuming func destroy(
        on thread: BlockingThread, keeping object: (any AnyObject & Sendable)? = nil
    )
        async
    {
        refuseTokens()
        let client = shared
        discard self
        // The thread refuses calls of a cancelled task, and a cancelled task must clean up too.
        await Task {
            let end: @Sendable () -> Void = {
                withExtendedLifetime(object) {
                    rd_kafka_destroy_flags(client.pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
                }
            }
            do { try await thread.run(end) } catch { end() }
        }.value
    }
}

/// A client's pointer on its way to the thread for blocking calls.
///
/// `@unchecked Sendable`: librdkafka's functions may be called from any thread; the client is ended
/// by the same thread, after every call that was made before.
struct SharedClient: @unchecked Sendable {
    let pointer: OpaquePointer
}
