(* attack: names preprocessors and extensions that would run while it is compiled *)
[@@@ocaml.ppx "cat @CANARY@"]
[%%import "@CANARY@"]
let text = [%blob "@CANARY@"]
let () = print_string text
