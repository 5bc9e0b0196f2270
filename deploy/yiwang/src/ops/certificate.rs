//! `yiwang ops certificate`: is this electronic certificate 电子证照 signed by us? Works without
//! network and database; whether it is still valid only the service that issued it knows.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow, bail};
use ed25519_dalek::{
    SigningKey, VerifyingKey,
    pkcs8::{
        DecodePrivateKey as _, DecodePublicKey as _, EncodePublicKey as _,
        spki::der::pem::LineEnding,
    },
};
use yiwang_chassis::keys::Keys;
use yiwang_civic::certificate::{PublicKey, Statement, find, key_set, read_key_set, verify};

use crate::{
    services::{GATEWAY, Service},
    settings::{Settings, Which},
};

/// No certificate is larger.
const MAX_FILE: u64 = 32 << 20;

/// Electronic certificates
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Check a signature offline; exits 1 when it does not hold
    Verify {
        /// The text of the certificate, the link of its QR code, or a file with it: the PDF
        #[arg(value_name = "TEXT|FILE")]
        certificate: String,
        /// The key (PEM), as `public-key` prints it; the deployment's own, retired ones too, when none is given
        #[arg(long, value_name = "FILE", conflicts_with = "keys")]
        key: Option<PathBuf>,
        /// The key set (JSON) from /.well-known/yiwang-certificate-keys.json
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
        #[command(flatten)]
        which: Which,
    },
    /// Print the present public key, for whoever checks offline
    PublicKey {
        /// As a key set (JSON) with the retired ones, and not as PEM
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        which: Which,
    },
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Verify {
            certificate,
            key,
            keys,
            which,
        } => {
            let keys = match (key, keys) {
                (Some(file), _) => vec![PublicKey::always(read_pem(&file)?)],
                (_, Some(file)) => {
                    let text = read(&file)?;
                    let text = String::from_utf8_lossy(&text);
                    read_key_set(&text).with_context(|| file.display().to_string())?
                }
                _ => listed(&own(&which)?),
            };
            let content = content(&certificate)?;
            let text = find(&content)?;
            print(&verify(&keys, text)?);
        }
        Command::PublicKey { json, which } => {
            let keys = own(&which)?;
            if json {
                println!("{:#}", key_set(&listed(&keys)));
            } else {
                let pem = keys.certificate.verifying_key();
                let pem = pem.to_public_key_pem(LineEnding::LF);
                print!("{}", pem.map_err(|error| anyhow!("{error}"))?);
            }
        }
    }
    Ok(())
}

/// The keys of this deployment.
fn own(which: &Which) -> anyhow::Result<Keys> {
    let gateway = Service::parse(GATEWAY).map_err(anyhow::Error::msg)?;
    let settings: Settings = which.source(gateway).load()?;
    Ok(Keys::load(&settings.keys.dir)?)
}

/// What certificates are checked with.
fn listed(keys: &Keys) -> Vec<PublicKey> {
    let listed = keys.certificates.iter().map(|listed| PublicKey {
        key: listed.key,
        from: listed.from,
        to: listed.to,
    });
    listed.collect()
}

/// A public key, or the public half of a private one.
fn read_pem(file: &Path) -> anyhow::Result<VerifyingKey> {
    let text = read(file)?;
    let text = String::from_utf8_lossy(&text);
    let public = VerifyingKey::from_public_key_pem(&text).ok();
    let key = public.or_else(|| Some(SigningKey::from_pkcs8_pem(&text).ok()?.verifying_key()));
    key.with_context(|| format!("{} 不是 Ed25519 密钥（PEM）", file.display()))
}

/// The file of this name, else the text itself.
fn content(certificate: &str) -> anyhow::Result<Vec<u8>> {
    let file = Path::new(certificate);
    if file.is_file() {
        read(file)
    } else {
        Ok(certificate.as_bytes().to_vec())
    }
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let context = || format!("读不了 {}", file.display());
    if fs::metadata(file).with_context(context)?.len() > MAX_FILE {
        bail!("{} 太大，不是电子证照", file.display());
    }
    fs::read(file).with_context(context)
}

fn print(statement: &Statement) {
    println!("签名正确");
    for (label, value) in [
        ("证照", statement.title.as_str()),
        ("证号", &statement.number),
        ("持证人", &statement.holders.join("、")),
        ("发证机关", &statement.issuer),
        ("发证日期", &statement.issued_on.to_string()),
    ] {
        println!("  {label}　{value}");
    }
    println!("请与证照上写的、对方的身份证件核对。现在是否有效，须扫码联网核验。");
}
