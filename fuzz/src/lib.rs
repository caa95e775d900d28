#![doc = include_str!("../README.md")]

/// A fuzz target: its name and what it does with the bytes.
pub struct Target {
    /// The name of its binary and of its folders under `corpus/` and `regressions/`.
    pub name: &'static str,
    /// Takes any bytes at all; must come back without a panic, whatever they are.
    pub body: fn(&[u8]),
}

/// Every fuzz target there is.
pub const TARGETS: &[Target] = &[];

/// Runs the target of that name on the bytes; what the binaries in `fuzz_targets/` call.
///
/// # Panics
/// Where no target has that name, and where the body finds what it looks for.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("a binary has the name of its target").body)(bytes);
}
