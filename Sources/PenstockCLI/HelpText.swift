/// What `penstock --help` says.
let helpText = """
    penstock runs connectors between Apache Kafka and Amazon DynamoDB.

    Usage:
      penstock run FILE...         run the connector that the files describe, until a signal
      penstock validate FILE...    name everything that is wrong with the files, or noteworthy
      penstock validate --clients FILE...
                                   print the settings that the Kafka clients really get, and
                                   where each comes from
      penstock credentials [FILE...]
                                   print which source of AWS credentials answers for the
                                   connector, or for AWS's own chain, and why the others do not
      penstock --version           print the version
      penstock --help              print this

    A FILE holds the properties of a connector or of its worker, in Java's .properties format or as
    the JSON that Kafka Connect's API takes.

    Options:
      --log-format text|json                  how lines on standard error are spelled (text)
      --log-level debug|info|warning|error    the least level that is written
                                              (info; debug for validate)

    SIGTERM and SIGINT end the connector after what is in hand has been written and committed, as far
    as task.shutdown.graceful.timeout.ms allows; a second one ends it at once.

    Exit codes: 0 after a signal, where the files are right, or where there are credentials; 1 where
    a task failed or there are no credentials; 2 where the call or the configuration is wrong.
    """
