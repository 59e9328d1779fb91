import PenstockIO

@testable import PenstockAWS

/// Answers as STS gives them; `CANARY` marks what must not be shown.
enum STSAnswers {
    static func credentials(
        _ action: String = "AssumeRole", key: String = "ASIAROLE",
        until: String = "2030-01-01T00:00:00Z"
    ) -> HTTPResponse {
        .text(
            """
            <\(action)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <\(action)Result>
                <AssumedRoleUser>
                  <Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn>
                </AssumedRoleUser>
                <Credentials>
                  <AccessKeyId>\(key)</AccessKeyId>
                  <SecretAccessKey>CANARY-role&amp;+/=</SecretAccessKey>
                  <SessionToken>CANARY-session</SessionToken>
                  <Expiration>\(until)</Expiration>
                </Credentials>
              </\(action)Result>
              <ResponseMetadata><RequestId>11-22</RequestId></ResponseMetadata>
            </\(action)Response>
            """)
    }

    static func error(
        _ code: String, _ message: String = "no", status: Int = 403, date: String? = nil
    ) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: date.map { [HTTPHeader("Date", $0)] } ?? [],
            body: Array(
                """
                <ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code>
                <Message>\(message)</Message></Error><RequestId>33-44</RequestId></ErrorResponse>
                """.utf8))
    }
}

extension HTTPRequest {
    /// The parameters of a call to STS.
    var form: [String: String] { RequestComparison.form(String(decoding: body, as: UTF8.self)) }
}
