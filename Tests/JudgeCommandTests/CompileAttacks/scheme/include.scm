; attack: includes files of the host's
(include "@CANARY@")
(include-from-path "@ANSWER@")
(load "@DATABASE@")
