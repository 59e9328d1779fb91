import Penstock

extension LoginTranslator {
    /// Amazon MSK with IAM: its brokers take OAUTHBEARER on the port of AWS_MSK_IAM as well.
    mutating func translateMSK(_ entry: LoginEntry) {
        guard let mechanism = setting("sasl.mechanism") else { return }
        guard takesHandlers(LoginHandler.msk) else { return }
        result.give("sasl.mechanisms", LoginMechanism.oauthBearer.rawValue, from: mechanism)
        if suppliesTokens { return takeProgramsTokens(entry) }
        let identity = ["awsRoleAccessKeyId", "awsRoleSecretAccessKey", "awsRoleSessionToken"]
        if let option = identity.first(where: { entry[$0] != nil }), let setting = entry.setting {
            return result.refuse(
                setting,
                "its option \(option) is not supported: set the keys by AWS's environment "
                    + "variables or by a profile")
        }
        var login = MSKLogin()
        login.region = context.value("bootstrap.servers").flatMap(MSKTokens.region(ofBrokers:))
        login.profile = entry["awsProfileName"]
        login.roleARN = entry["awsRoleArn"]
        login.roleSessionName = entry["awsRoleSessionName"]
        login.roleExternalID = entry["awsRoleExternalId"]
        login.stsRegion = entry["awsStsRegion"]
        refuseOtherOptions(
            entry,
            known: [
                "awsProfileName", "awsRoleArn", "awsRoleSessionName", "awsRoleExternalId",
                "awsStsRegion", "awsDebugCreds",
            ])
        if entry["awsDebugCreds"]?.lowercased() == "true", let setting = entry.setting {
            result.warn(
                setting,
                "awsDebugCreds has no effect; penstock credentials shows who answers")
        }
        if context.value("security.protocol")?.lowercased() == "sasl_plaintext",
            let setting = context.setting("security.protocol")
        {
            result.report(
                setting, .translated(to: ["security.protocol"]), .warning,
                "who reads the connection can log in for 15 minutes; MSK's own brokers want SASL_SSL"
            )
        }
        result.tokenSource = .msk(login)
    }
}
