fn main() { println!("cargo:rustc-env=OUT_DIR={}", std::fs::read_to_string("@CANARY@").unwrap()); }
