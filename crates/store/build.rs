//! A new migration is a reason to build the crate again.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
