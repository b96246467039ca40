let () = print_endline "Grüße, Ωμέγα, 你好, 🙂"
