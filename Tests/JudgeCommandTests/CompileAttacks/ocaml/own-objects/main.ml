(* attack: brings objects, interfaces and libraries that would be linked *)
(* expect: WA or CE *)
let () = print_string "ran"
