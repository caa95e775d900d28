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

/// Looks a target up by its name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
