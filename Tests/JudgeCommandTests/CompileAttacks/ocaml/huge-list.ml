(* attack: has a table of constants that grows in each of the compiler's steps *)
(* expect: CE or WA *)
(* time: 5 *)
let f y = [«20000x№ + y; »]
let () = print_int (List.length (f 1))
