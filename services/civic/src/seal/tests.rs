use proptest::prelude::*;
use serde::Deserialize;

use super::*;

const AAD: &[u8] = b"assistance.person.name/1";

fn keys() -> Vec<(String, SealKey)> {
    vec![
        ("a1".into(), SealKey::Aes256Gcm([1; 32])),
        ("s1".into(), SealKey::Sm4Gcm([2; 16])),
    ]
}

fn sealer(active: &str) -> Sealer {
    Sealer::new(active, keys()).unwrap()
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Person {
    name: String,
}

#[test]
fn published_vectors() {
    // RFC 8998, appendix A.1: SM4-GCM.
    let bytes = |text: &str| hex::decode(text).unwrap();
    let key: [u8; 16] = bytes("0123456789abcdeffedcba9876543210")
        .try_into()
        .unwrap();
    let nonce: [u8; 12] = bytes("00001234567800000000abcd").try_into().unwrap();
    let aad = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let plain = bytes(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd\
         eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
    );
    let cipher = Cipher::new(&SealKey::Sm4Gcm(key));
    let text = cipher
        .encrypt(
            &nonce,
            Payload {
                msg: &plain,
                aad: &aad,
            },
        )
        .unwrap();
    assert_eq!(
        hex::encode(text),
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735\
         d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d\
         83de3541e4c2b58177e065a9bf7b62ec"
    );
    // NIST GCM, test case 13: AES-256, no text.
    let cipher = Cipher::new(&SealKey::Aes256Gcm([0; 32]));
    let text = cipher
        .encrypt(&[0; 12], Payload { msg: b"", aad: b"" })
        .unwrap();
    assert_eq!(hex::encode(text), "530f8afbc74536b9a963b4f1c4cb738b");
}

#[test]
fn typed_values_and_key_rotation() {
    let person = Person {
        name: "张三𠮷".into(),
    };
    let old = Sealed::seal(&sealer("a1"), AAD, &person, [9; 12]).unwrap();
    let rotated = sealer("s1");
    assert_eq!(
        old.open(&rotated, AAD),
        Ok(Person {
            name: "张三𠮷".into()
        })
    );
    assert_eq!(
        (key_id_of(old.bytes()), rotated.is_current(old.bytes())),
        (Some("a1"), false)
    );
    let new = Sealed::seal(&rotated, AAD, &person, [8; 12]).unwrap();
    assert!(rotated.is_current(new.bytes()));
    assert_eq!(Sealed::<Person>::from_bytes(new.clone().into_bytes()), new);
    assert_eq!(
        Sealed::<u32>::from_bytes(new.into_bytes()).open(&rotated, AAD),
        Err(SealError::Shape)
    );
    let without_old = Sealer::new("s1", keys().into_iter().skip(1)).unwrap();
    assert_eq!(
        old.open(&without_old, AAD),
        Err(SealError::UnknownKey("a1".into()))
    );
    assert_eq!(
        format!("{old:?} {rotated:?} {:?}", keys()[0].1),
        "Sealed(53 bytes) Sealer(s1 of 2 keys) Aes256Gcm(..)"
    );
}

#[test]
fn bad_keys_are_refused() {
    let aes = || SealKey::Aes256Gcm([1; 32]);
    assert!(Sealer::new("other", keys()).is_err());
    assert!(Sealer::new("a", [("a".into(), aes()), ("a".into(), aes())]).is_err());
    assert!(Sealer::new("", [(String::new(), aes())]).is_err());
    assert!(Sealer::new("a", [("a".into(), aes()), ("x".repeat(65), aes())]).is_err());
}

#[test]
fn another_key_of_the_same_id_does_not_open() {
    let other = Sealer::new("a1", [("a1".into(), SealKey::Aes256Gcm([3; 32]))]).unwrap();
    let sealed = sealer("a1").seal(AAD, b"x", [0; 12]).unwrap();
    assert_eq!(other.open(AAD, &sealed), Err(SealError::Rejected));
}

proptest! {
    #[test]
    fn what_is_sealed_opens(plain: Vec<u8>, aad: Vec<u8>, nonce: [u8; 12], sm4: bool) {
        let sealer = sealer(if sm4 { "s1" } else { "a1" });
        let sealed = sealer.seal(&aad, &plain, nonce).unwrap();
        prop_assert_eq!(&*sealer.open(&aad, &sealed).unwrap(), &plain);
    }

    #[test]
    fn what_is_changed_does_not(plain: Vec<u8>, at: usize, bit in 0_u8..8, sm4: bool) {
        let sealer = sealer(if sm4 { "s1" } else { "a1" });
        let mut sealed = sealer.seal(AAD, &plain, [5; 12]).unwrap();
        let at = at % sealed.len();
        sealed[at] ^= 1 << bit;
        prop_assert!(sealer.open(AAD, &sealed).is_err());
    }

    #[test]
    fn nor_what_is_moved_or_cut(plain: Vec<u8>, elsewhere: Vec<u8>, keep: usize) {
        let sealer = sealer("a1");
        let sealed = sealer.seal(AAD, &plain, [5; 12]).unwrap();
        prop_assume!(elsewhere != AAD);
        prop_assert_eq!(sealer.open(&elsewhere, &sealed), Err(SealError::Rejected));
        prop_assert!(sealer.open(AAD, &sealed[..keep % sealed.len()]).is_err());
    }

    #[test]
    fn any_bytes_are_refused_calmly(bytes: Vec<u8>) {
        prop_assert!(sealer("a1").open(AAD, &bytes).is_err());
    }
}
