//! Disks that are full or read-only: small ones in memory, which only the program under test sees.

use std::fs;
use std::process::{Command, Output};

use crate::house::{House, told};

/// Runs a shell with a disk of its own at the data folder. None where this machine lets nobody mount in a namespace of
/// his own.
fn with_disk(house: &House, mebibytes: u32, script: &str) -> Option<Output> {
    let allowed =
        Command::new("unshare").args(["-rm", "true"]).output().is_ok_and(|output| output.status.success());
    if !allowed {
        eprintln!("this machine gives no namespaces (unshare -rm), so disks of a test cannot be mounted");
        return None;
    }
    fs::create_dir_all(house.data()).unwrap();
    let mount = format!("mount -t tmpfs -o size={mebibytes}m tmpfs \"$KONTOR_DATA\" && {script}");
    let output = Command::new("unshare")
        .args(["-rm", "sh", "-c", &mount])
        .env("KONTOR", env!("CARGO_BIN_EXE_kontor"))
        .env("KONTOR_DATA", house.data())
        .env("KONTOR_LANG", "en")
        .env("AMAZON", &house.amazon)
        .env_remove("KONTOR_MASTER_KEY")
        .env_remove("KONTOR_DATABASE")
        .output()
        .unwrap();
    Some(output)
}

#[test]
fn a_server_does_not_start_on_a_full_disk_and_says_why() {
    let house = House::empty();
    let script = "head -c 900k /dev/zero > $KONTOR_DATA/ballast; exec \"$KONTOR\" serve --listen 127.0.0.1:0";
    let Some(output) = with_disk(&house, 1, script) else { return };
    let text = told(&output);
    assert!(text.contains("The disk is full. Nothing is lost"), "{text}");
}

#[test]
fn what_was_there_before_the_disk_was_full_is_there_afterwards() {
    let house = House::empty();
    let script = "\"$KONTOR\" user create erika@example.org >/dev/null 2>&1
        head -c 100m /dev/zero > $KONTOR_DATA/ballast 2>/dev/null
        i=0; while [ $i -lt 400 ] && \"$KONTOR\" user create user$i@example.org >/dev/null 2>$KONTOR_DATA/../why; do
            i=$((i+1)); done
        cat $KONTOR_DATA/../why >&2; rm $KONTOR_DATA/ballast
        \"$KONTOR\" user list && \"$KONTOR\" doctor --amazon $AMAZON; exit 1";
    let Some(output) = with_disk(&house, 3, script) else { return };
    let (told, listed) = (told(&output), String::from_utf8_lossy(&output.stdout).into_owned());
    assert!(told.contains("The disk is full"), "{told}");
    assert!(listed.contains("erika@example.org") && listed.contains("whole"), "{listed}");
}

#[test]
fn a_disk_without_room_is_an_error_and_a_scarce_one_a_warning() {
    for (mebibytes, grade) in [(40, "error"), (400, "warning")] {
        let house = House::empty();
        let script = "exec \"$KONTOR\" doctor --amazon $AMAZON";
        let Some(output) = with_disk(&house, mebibytes, script) else { return };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("disk")).collect();
        assert!(lines[0].starts_with(grade) && lines[0].contains("MiB free"), "{text}");
    }
}

#[test]
fn a_read_only_disk_is_told_and_left_alone() {
    let house = House::empty();
    let script = "\"$KONTOR\" user list >/dev/null 2>&1; mount -o remount,ro \"$KONTOR_DATA\"
        \"$KONTOR\" doctor --amazon $AMAZON; exec \"$KONTOR\" serve --listen 127.0.0.1:0";
    let Some(output) = with_disk(&house, 8, script) else { return };
    let (told, doctor) = (told(&output), String::from_utf8_lossy(&output.stdout).into_owned());
    assert!(told.contains("cannot be written") || told.contains("cannot be opened"), "{told}");
    assert!(doctor.contains("the disk is read-only"), "{doctor}");
}
