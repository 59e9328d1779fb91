// Signs a request to DynamoDB and prints its headers; nothing is sent.

import FoundationEssentials
import Penstock
import PenstockAWS
import PenstockIO

let credentials = Credentials(
    accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
let request = HTTPRequest(
    method: "POST", url: "https://dynamodb.eu-west-1.amazonaws.com/",
    headers: [
        HTTPHeader("Content-Type", "application/x-amz-json-1.0"),
        HTTPHeader("X-Amz-Target", "DynamoDB_20120810.ListTables"),
    ],
    body: Array("{}".utf8))
let now = Timestamp(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))

let signed = try SigV4(region: "eu-west-1", service: "dynamodb")
    .sign(request, with: credentials, at: now)
for header in signed.headers { print("\(header.name): \(header.value)") }
