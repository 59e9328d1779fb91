/// Settings of the library that would break what this package promises.
enum ForbiddenSettings {
    /// Why `setting` must not be set; nil where it may.
    static func reason(against setting: LayeredSetting) -> String? {
        let isOn = setting.value.lowercased() != "false"
        return switch setting.name {
        case "enable.auto.offset.store" where isOn:
            "offsets are stored only after their records are written"
        case "auto.commit.enable" where isOn:
            "offsets are committed only after their records are written"
        case "enable.partition.eof" where isOn:
            "the end of a partition is no record"
        case "delivery.report.only.error" where isOn:
            "every record's acknowledgement is waited for"
        case "plugin.library.paths", "ssl.engine.location",
            "ssl.providers"
        where setting.layer == .connector:
            "only a worker's own settings may load libraries into the process"
        case "opaque", "default_topic_conf", "enabled_events", "log.queue":
            "it belongs to the program, not to its settings"
        case let name where name.hasSuffix("_cb"):
            "it belongs to the program, not to its settings"
        default: nil
        }
    }
}
