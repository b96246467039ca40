main :: IO ()
main = putStrLn "Grüße, Ωμέγα, 你好, 🙂"
