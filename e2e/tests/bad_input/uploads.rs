//! Files that are too large, not what they say, or named to do harm.

use reqwest::{Method, multipart};
use serde_json::Value;
use walk::files;
use yiwang_e2e::{Api, Family, Reply, Suite, photo, photo_of_size, program, read};

/// Files below a folder.
mod walk {
    use std::path::{Path, PathBuf};

    pub(crate) fn files(dir: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        entries
            .flat_map(|entry| match entry.path() {
                path if path.is_dir() => files(&path),
                path => vec![path],
            })
            .collect()
    }
}

async fn refused(reply: Reply, status: u16, what: &str) -> anyhow::Result<()> {
    let reply = reply
        .expect(status)
        .map_err(|error| error.context(what.to_owned()))?;
    let problem = reply
        .problem()
        .map_err(|error| error.context(what.to_owned()))?;
    anyhow::ensure!(
        problem.fields.is_empty() || problem.names("/file"),
        "{what}: {problem:?}"
    );
    Ok(())
}

#[tokio::test]
async fn files_are_judged_by_their_content() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let (citizen, _) = Family::new(1).register(&suite).await?;
    let stored = suite.data().join("files");
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    let html = b"<!doctype html><script>alert(1)</script>".to_vec();
    let zip = b"PK\x03\x04\x14\0\0\0\x08\0bomb".to_vec();
    let both = [b"GIF89a".as_slice(), b"<script>alert(1)</script>"].concat();
    let lies: Vec<(&str, &str, Vec<u8>)> = vec![
        ("photo.jpg", "image/jpeg", program()),
        (
            "photo.jpg",
            "image/jpeg",
            b"MZ\x90\0this program cannot be run in DOS mode".to_vec(),
        ),
        ("photo.jpg", "image/jpeg", b"#!/bin/sh\nrm -rf /\n".to_vec()),
        ("photo.jpg", "image/jpeg", svg.clone()),
        ("photo.svg", "image/svg+xml", svg),
        ("photo.jpg", "image/jpeg", html.clone()),
        ("page.html", "text/html", html),
        ("photo.png", "image/png", zip),
        ("photo.gif", "image/gif", both),
        ("photo.exe", "image/jpeg", photo()),
        ("photo.pdf", "application/pdf", photo()),
        ("photo.jpg", "image/jpeg", b"%PDF-1.4\n%%EOF".to_vec()),
        ("photo.jpg", "image/jpeg", vec![]),
        ("photo.jpg", "image/jpeg", b"\xff\xd8".to_vec()),
    ];
    for (name, kind, bytes) in lies {
        let what = format!("{name} {kind} of {} bytes", bytes.len());
        refused(citizen.upload_reply(name, kind, bytes).await?, 422, &what).await?;
    }
    assert_eq!(
        files(&stored).len(),
        0,
        "something was kept: {:?}",
        files(&stored)
    );
    Ok(())
}

#[tokio::test]
async fn names_of_files_do_no_harm() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let (citizen, _) = Family::new(1).register(&suite).await?;
    let long = format!("{}.jpg", "长".repeat(300));
    let names = [
        "../../../../etc/passwd.jpg",
        "..\\..\\boot.jpg",
        "/etc/cron.d/x.jpg",
        "a\"; filename=\"b.exe.jpg",
        "<img src=x onerror=alert(1)>.jpg",
        "𠮷.jpg",
        "照片\u{202e}gpj.exe.jpg",
        ".jpg",
        "CON.jpg",
        &long,
    ];
    for name in names {
        let reply = citizen.upload_reply(name, "image/jpeg", photo()).await?;
        if reply.status != 201 {
            refused(reply, 422, name).await?;
            continue;
        }
        let file = reply.json()?;
        let kept = file["name"].as_str().unwrap_or_default();
        assert!(
            !kept.contains(['/', '\\', '\u{202e}', '\0', '\n']),
            "{name} is kept as {kept}"
        );
        assert!(kept.chars().count() <= 255, "{kept}");
        let back = citizen
            .get(&format!("/api/v1/files/{}", text(&file, "id")))
            .await?
            .expect(200)?;
        assert_eq!(back.body, photo(), "{name}");
        assert_eq!(back.headers["x-content-type-options"], "nosniff");
    }
    assert!(!suite.data().join("passwd.jpg").exists());
    let inside = files(&suite.data().join("files"));
    assert!(
        inside
            .iter()
            .all(|file| !std::fs::read(file).unwrap().starts_with(&photo()[..8])),
        "not sealed"
    );
    Ok(())
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_and_not_kept() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let (citizen, _) = Family::new(1).register(&suite).await?;
    let most = 10 << 20;
    let largest = citizen
        .upload_reply("largest.jpg", "image/jpeg", photo_of_size(most))
        .await?;
    largest.expect(201)?;
    let kept = files(&suite.data().join("files")).len();
    let before = yiwang_memory(&suite)?;
    for size in [most + 1, 100 << 20] {
        let reply = citizen
            .upload_reply("huge.jpg", "image/jpeg", photo_of_size(size))
            .await?;
        refused(reply, 413, &format!("{size} bytes")).await?;
    }
    assert_eq!(
        files(&suite.data().join("files")).len(),
        kept,
        "a refused file is kept"
    );
    let grown = yiwang_memory(&suite)?.saturating_sub(before);
    assert!(grown < 80 << 10, "it was held in memory: {grown} kB more");
    Ok(())
}

#[tokio::test]
async fn broken_uploads_are_refused() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let (citizen, _) = Family::new(1).register(&suite).await?;
    let file = |field: &'static str| {
        let part = multipart::Part::bytes(photo()).file_name("photo.jpg");
        multipart::Form::new().part(field, part)
    };
    let post = async |citizen: &Api| citizen.request(Method::POST, "/api/v1/files").await;
    let wrong = [
        ("another field", post(&citizen).await?.multipart(file("datei"))),
        ("JSON", post(&citizen).await?.json(&serde_json::json!({"file": "x"}))),
        ("no body", post(&citizen).await?),
        ("no boundary", post(&citizen).await?.header("Content-Type", "multipart/form-data").body("x")),
        (
            "cut off",
            post(&citizen)
                .await?
                .header("Content-Type", "multipart/form-data; boundary=b")
                .body("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n\u{ff}"),
        ),
    ];
    for (what, request) in wrong {
        let reply = read(request).await?;
        assert!(
            matches!(reply.status, 400 | 415 | 422),
            "{what}: {} {}",
            reply.status,
            reply.text()
        );
        reply.problem().map_err(|error| error.context(what))?;
    }
    assert_eq!(files(&suite.data().join("files")).len(), 0);
    Ok(())
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Resident memory of the product, kB.
fn yiwang_memory(suite: &Suite) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", suite.pid()?))?;
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap_or_default();
    Ok(line.split_whitespace().nth(1).unwrap_or("0").parse()?)
}
