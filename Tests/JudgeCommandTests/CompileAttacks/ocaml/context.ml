(* attack: sets by attributes what the compiler is called with: tools, include paths, options *)
(* expect: WA or CE *)
[@@@ocaml.ppx.context { tool_name = "ocamlopt"; include_dirs = ["/etc"]; load_path = ["@CANARY@"]; use_threads = true }]
[@@@ocaml.warning "+a-4"]
[@@@ocaml.inline 1000000]
let () = print_string "no option taken"
