(* attack: names symbols that break out of the assembler's line *)
external f : int -> int = "x\n.incbin \"@CANARY@\"\n"
let () = print_int (f 1)
