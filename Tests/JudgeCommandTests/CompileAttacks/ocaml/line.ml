(* attack: says that its mistake is in a line of the host's file, which the message would show *)
# 1 "@CANARY@"
let () = 1 +
# 1 "@CANARY@"
"x"
