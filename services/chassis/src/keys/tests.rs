//! Key directories: made, kept, refused.

use secrecy::ExposeSecret as _;

use super::*;

#[test]
fn generating_again_adds_what_is_missing_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path().join("keys");
    Keys::generate(&dir, &["bank"]).unwrap();
    let first = Keys::load(&dir).unwrap();
    fs::remove_file(dir.join("audit.pem")).unwrap();
    fs::remove_file(dir.join("certificate.pem")).unwrap();
    Keys::generate(&dir, &["bank", "check_centre"]).unwrap();
    let second = Keys::load(&dir).unwrap();

    assert_eq!(first.person.expose_secret(), second.person.expose_secret());
    let bank = |keys: &Keys| keys.departments["bank"].expose_secret().to_vec();
    assert_eq!(bank(&first), bank(&second));
    assert_eq!(second.departments.len(), 2);
    assert_ne!(first.audit, second.audit);
    assert_ne!(first.certificate, second.certificate);
    assert_ne!(second.audit, second.certificate);
    assert_eq!(
        second.seal[&second.seal_active].algorithm,
        SealAlgorithm::Aes256Gcm
    );
    for entry in fs::read_dir(&dir).unwrap().flatten() {
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert!(
            mode == 0o600 || entry.file_name() == "lock",
            "{entry:?} {mode:o}"
        );
    }
}

#[test]
fn open_and_damaged_files_are_refused_without_showing_them() {
    let dir = tempfile::tempdir().unwrap();
    Keys::generate(dir.path(), &[]).unwrap();
    let seal = dir.path().join("seal.toml");
    let text = fs::read_to_string(&seal).unwrap();
    fs::write(&seal, text.replace("active = \"k1\"", "active = \"k2\"")).unwrap();
    let refusal = Keys::load(dir.path()).unwrap_err();
    assert!(
        refusal
            .to_string()
            .contains("the active key is not among the keys")
    );

    fs::write(&seal, text).unwrap();
    fs::set_permissions(&seal, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(matches!(Keys::load(dir.path()), Err(KeyError::Open(_))));
}

#[test]
fn sm4_keys_have_sixteen_bytes() {
    let dir = tempfile::tempdir().unwrap();
    Keys::generate(dir.path(), &[]).unwrap();
    let write = |bytes: usize| {
        let key = hex::encode(vec![7; bytes]);
        let text = format!("active = \"s\"\n[keys.s]\nalgorithm = \"sm4-gcm\"\nkey = \"{key}\"\n");
        fs::write(dir.path().join("seal.toml"), text).unwrap();
        Keys::load(dir.path())
    };
    assert_eq!(
        write(16).unwrap().seal["s"].algorithm,
        SealAlgorithm::Sm4Gcm
    );
    assert!(write(32).is_err());
}

#[test]
fn a_rotated_certificate_key_stays_listed_with_its_time() {
    let dir = tempfile::tempdir().unwrap();
    Keys::generate(dir.path(), &[]).unwrap();
    let first = Keys::load(dir.path()).unwrap();
    let mut at: jiff::Timestamp = "2026-11-28T02:00:00Z".parse().unwrap();
    for _ in 0..2 {
        Keys::rotate_certificate(dir.path(), at).unwrap();
        at += jiff::SignedDuration::from_hours(48);
    }
    // What `yiwang up` does at each start changes nothing.
    Keys::generate(dir.path(), &[]).unwrap();
    let third = Keys::load(dir.path()).unwrap();
    assert_ne!(first.certificate, third.certificate);
    let periods: Vec<_> = third
        .certificates
        .iter()
        .map(|it| (it.from, it.to))
        .collect();
    let day = |text: &str| Some(text.parse().unwrap());
    assert_eq!(
        periods,
        [
            (None, day("2026-11-29T02:00:00Z")),
            (day("2026-11-28T02:00:00Z"), day("2026-12-01T02:00:00Z")),
            (day("2026-11-30T02:00:00Z"), None),
        ]
    );
    assert_eq!(third.certificates[0].key, first.certificate.verifying_key());
    assert_eq!(third.certificates[2].key, third.certificate.verifying_key());
    let files = fs::read_dir(dir.path()).unwrap().flatten();
    let private = files.filter(|file| {
        let text = fs::read_to_string(file.path()).unwrap_or_default();
        text.contains("PRIVATE KEY")
    });
    assert_eq!(
        private.count(),
        2,
        "the audit key, and one for certificates"
    );

    // A key put back from a backup without its list would sign what nobody accepts.
    fs::remove_file(dir.path().join("certificate.pem")).unwrap();
    Keys::generate(dir.path(), &[]).unwrap();
    let refusal = Keys::load(dir.path()).unwrap_err().to_string();
    assert!(refusal.contains("is not listed"), "{refusal}");
}
