let () =
  let threads = List.init 4 (fun i -> Thread.create (fun () -> ignore (i + 1)) ()) in
  List.iter Thread.join threads;
  let pid = Unix.create_process "/bin/true" [| "true" |] Unix.stdin Unix.stdout Unix.stderr in
  match Unix.waitpid [] pid with
  | _, Unix.WEXITED 0 -> print_endline "spawned"
  | _ -> exit 1
