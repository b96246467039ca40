let rec sum n = if n = 0 then 0 else n + sum (n - 1)
let () = Scanf.scanf " %d" (fun n -> Printf.printf "%d\n" (sum n))
