//! The bodies of the fuzz targets and the one table that names them.
//!
//! A target is four things with one name: a body (`pub(crate) fn name(bytes: &[u8])` in the module of its
//! room), a line in [`TARGETS`], a binary (`fuzz_targets/name.rs` and its `[[bin]]` in `Cargo.toml`) and a
//! folder of seeds (`corpus/name/`). A body without a line in the table is dead code, which the compiler
//! refuses; `tests/replay.rs` refuses the other omissions and runs every seed and every past failure
//! (`regressions/name/`) through its body.

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
