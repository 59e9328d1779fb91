import Penstock

extension ClientSettingTranslator {
    /// Translates everything about logging in at once; what it leaves is translated as all others.
    mutating func translateLogin(_ settings: [LayeredSetting]) {
        let login = LoginTranslator.translation(
            of: context, suppliesTokens: source.suppliesTokens)
        for output in login.outputs { give([(output.name, output.value)], for: output.origin) }
        result.findings += login.findings
        result.tokenSource = login.tokenSource
        for setting in settings where !login.used.contains(library.canonicalName(of: setting.name))
        {
            if context.usesSASL { translate(setting) } else { reportWithoutEffect(setting) }
        }
    }
}
