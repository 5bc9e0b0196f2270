//! Generates the contracts without a protoc binary.

use std::{env, fs, path::PathBuf};

use prost::Message;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files = [
        "yiwang/casework/v1/casework.proto",
        "yiwang/event/v1/case.proto",
        "yiwang/event/v1/certificate.proto",
        "yiwang/assistance/v1/events.proto",
        "yiwang/burial/v1/events.proto",
        "yiwang/burial/v1/deaths.proto",
        "yiwang/burial/v1/funerals.proto",
        "yiwang/burial/v1/places.proto",
        "yiwang/burial/v1/planning.proto",
        "yiwang/burial/v1/prices.proto",
        "yiwang/burial/v1/visits.proto",
        "yiwang/burial/v1/memorials.proto",
        "yiwang/child/v1/adoption.proto",
        "yiwang/child/v1/entitlements.proto",
        "yiwang/child/v1/events.proto",
        "yiwang/child/v1/projects.proto",
        "yiwang/child/v1/protection.proto",
        "yiwang/child/v1/tasks.proto",
        "yiwang/child/v1/welfare.proto",
        "yiwang/marriage/v1/events.proto",
        "yiwang/marriage/v1/marriage.proto",
        "yiwang/rescue/v1/calls.proto",
        "yiwang/rescue/v1/easily_lost.proto",
        "yiwang/rescue/v1/events.proto",
        "yiwang/rescue/v1/kin.proto",
        "yiwang/rescue/v1/leaving.proto",
        "yiwang/rescue/v1/notices.proto",
        "yiwang/rescue/v1/patrols.proto",
        "yiwang/rescue/v1/stations.proto",
    ];
    for file in files {
        println!("cargo:rerun-if-changed={file}");
    }
    let descriptors = protox::compile(files, ["."])?;
    let out = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    let out = PathBuf::from(out);
    fs::write(out.join("yiwang.bin"), descriptors.encode_to_vec())?;
    tonic_prost_build::configure().compile_fds(descriptors)?;
    Ok(())
}
