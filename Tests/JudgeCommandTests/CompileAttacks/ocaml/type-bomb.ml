(* attack: has a type that doubles with each name, and a mistake that prints it *)
(* time: 3 *)
let p x = fun f -> f x x
let a x = p (p x)
let b x = a (a x)
let c x = b (b x)
let d x = c (c x)
let e x = d (d x)
let () = print_int (e 1)
