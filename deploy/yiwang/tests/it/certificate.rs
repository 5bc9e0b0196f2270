//! `yiwang ops certificate`: checks offline, with each kind of key, from text and file.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    keys::Keys,
};
use yiwang_civic::certificate::{PublicKey, Statement, key_set, sign};

fn ops(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yiwang"))
        .args(["ops", "certificate"])
        .args(arguments)
        .output()
        .unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn statement() -> Statement {
    Statement {
        service: "marriage".into(),
        kind: "marriage".into(),
        title: "结婚证".into(),
        number: "J421221-2026-000001".into(),
        issuer: "嘉鱼县民政局婚姻登记处".into(),
        issued_on: jiff::civil::date(2026, 5, 20),
        holders: vec!["张*".into(), "欧**".into()],
    }
}

#[test]
fn a_certificate_is_checked_without_network_and_database() {
    let dir = tempfile::tempdir().unwrap();
    let keys_dir = dir.path().join("keys");
    Keys::generate(&keys_dir, &[]).unwrap();
    let keys = Keys::load(&keys_dir).unwrap();
    let signed = sign(&keys.certificate, &statement(), SystemClock.now());

    // The deployment's own key, printed and used.
    let config = dir.path().join("gateway.toml");
    fs::write(&config, format!("keys.dir = {:?}\n", text(&keys_dir))).unwrap();
    let own = ["--config", text(&config)];
    let printed = ops(&[&["public-key"][..], &own].concat());
    assert!(printed.status.success(), "{printed:?}");
    let pem = dir.path().join("public.pem");
    fs::write(&pem, &printed.stdout).unwrap();
    let set = dir.path().join("keys.json");
    fs::write(
        &set,
        key_set(&[PublicKey::always(keys.certificate.verifying_key())]).to_string(),
    )
    .unwrap();

    let pdf = dir.path().join("证.pdf");
    fs::write(&pdf, format!("%PDF-1.7\n/Keywords ({signed})\n%%EOF")).unwrap();
    let link = format!("https://yiwang.local/verify?c={signed}");
    let private = keys_dir.join("certificate.pem");
    for with in [
        own,
        ["--key", text(&pem)],
        ["--key", text(&private)],
        ["--keys", text(&set)],
    ] {
        for certificate in [signed.as_str(), &link, text(&pdf)] {
            let output = ops(&[&["verify", certificate][..], &with].concat());
            let said = String::from_utf8(output.stdout).unwrap();
            assert!(output.status.success(), "{with:?} {certificate}: {said}");
            for part in ["签名正确", "结婚证", "J421221-2026-000001", "张*、欧**"] {
                assert!(said.contains(part), "{said}");
            }
        }
    }
}

#[test]
fn what_does_not_hold_ends_with_one_and_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let keys_dir = dir.path().join("keys");
    Keys::generate(&keys_dir, &[]).unwrap();
    let keys = Keys::load(&keys_dir).unwrap();
    let key = keys_dir.join("certificate.pem");
    let signed = sign(&keys.certificate, &statement(), SystemClock.now());
    let other = sign(&keys.audit, &statement(), SystemClock.now());
    let forged = signed.replacen("YW2.e", "YW2.f", 1);
    let both = format!("{signed} {other}");
    for (certificate, why) in [
        (forged.as_str(), "签名不对"),
        (&other, "没有签发它的那一把"),
        (&both, "几份不同的签名声明"),
        ("结婚证.pdf", "没有电子证照的签名声明"),
    ] {
        let output = ops(&["verify", certificate, "--key", text(&key)]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{certificate}");
        assert!(said.contains(why) && output.stdout.is_empty(), "{said}");
    }
    let nonsense = dir.path().join("x.pem");
    fs::write(&nonsense, "x").unwrap();
    let output = ops(&["verify", &signed, "--key", text(&nonsense)]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn after_a_rotation_old_and_new_certificates_hold_and_the_old_key_signs_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let keys_dir = dir.path().join("keys");
    Keys::generate(&keys_dir, &[]).unwrap();
    let config = dir.path().join("gateway.toml");
    fs::write(&config, format!("keys.dir = {:?}\n", text(&keys_dir))).unwrap();
    let own = ["--config", text(&config)];
    let old = Keys::load(&keys_dir).unwrap();
    let before = sign(&old.certificate, &statement(), SystemClock.now());
    let rotate = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_yiwang"))
            .args(["ops", "keys", "rotate", "certificate"])
            .args([&own[..], more].concat())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(rotate(&["--dry-run"]).contains("1 keys"));
    assert_eq!(Keys::load(&keys_dir).unwrap().certificate, old.certificate);
    assert!(rotate(&[]).contains("restart every process before"));
    let new = Keys::load(&keys_dir).unwrap();
    let now = SystemClock.now();
    let later = now + jiff::SignedDuration::from_hours(48);
    let printed = ops(&[&["public-key", "--json"][..], &own].concat());
    let set = dir.path().join("keys.json");
    fs::write(&set, &printed.stdout).unwrap();
    for with in [own, ["--keys", text(&set)]] {
        for (certificate, why) in [
            (before.clone(), ""),
            (sign(&new.certificate, &statement(), now), ""),
            // By a process that was never restarted, or a thief.
            (sign(&old.certificate, &statement(), later), "不在启用期内"),
        ] {
            let output = ops(&[&["verify", certificate.as_str()][..], &with].concat());
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.success(), why.is_empty(), "{said}");
            assert!(said.contains(why), "{said}");
        }
    }
}
