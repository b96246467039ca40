use std::process::Command;
use std::thread;

fn main() {
    let threads: Vec<_> = (0..4).map(|_| thread::spawn(|| {})).collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let status = Command::new("/bin/true").status().unwrap();
    assert!(status.success());
    println!("spawned");
}
