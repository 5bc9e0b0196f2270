//! Electronic certificates.

use askama::Template;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::certificate::{CertificateError, Statement};
use yiwang_proto::casework::v1 as pb;

use super::data::*;
use crate::{
    certificates::{Verdict, qr::Qr},
    portal::view::{
        Section,
        certificates::{CertificatePage, Certificates, Lit, Showing, VerdictPage, Verify},
    },
};

/// About as long as a real one.
fn qr() -> Qr {
    let text = format!("https://yiwang.local/verify?c=YW1.{}", "x".repeat(540));
    Qr::of(&text).unwrap()
}

fn certificate(state: &str, label: &str, own: bool) -> pb::Certificate {
    let row = |label: &str, value: &str| pb::Row {
        label: label.into(),
        value: value.into(),
        reveal: String::new(),
    };
    pb::Certificate {
        id: "0190c8a0-0000-7000-8000-000000000000".into(),
        service: "marriage".into(),
        kind: "marriage".into(),
        title: "结婚证".into(),
        number: "J421221-2026-000001".into(),
        issuer: "嘉鱼县民政局婚姻登记处".into(),
        issued_on: "2026-05-20".into(),
        state: state.into(),
        state_label: label.into(),
        changed_at: wire("2026-11-20T02:00:00Z"),
        reason: "双方登记离婚".into(),
        holders: vec!["张**".into(), "王**".into()],
        holder: "张**".into(),
        rows: vec![
            row("持证人", "张建国"),
            row("登记日期", "2026年5月20日"),
            row("姓名", EVIL),
            row("身份证件号", "420323199001011234"),
        ],
        statement: "YW1.x.y".into(),
        case_number: "JH421221260520000000197".into(),
        own,
        ..Default::default()
    }
}

fn statement() -> Statement {
    Statement {
        service: "marriage".into(),
        kind: "marriage".into(),
        title: "结婚证".into(),
        number: "J421221-2026-000001".into(),
        issuer: EVIL.into(),
        issued_on: TODAY,
        holders: vec!["张**".into(), "王**".into()],
    }
}

fn verdict(verdict: &Verdict) -> String {
    let said = match verdict {
        Verdict::Wrong(_) => None,
        _ => Some(statement()),
    };
    let frame = chrome("", Section::None, "");
    VerdictPage::of(frame, said, verdict).render().unwrap()
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let own = |state, label, own, who| {
        let frame = chrome("结婚证", Section::Mine, who);
        let certificate = certificate(state, label, own);
        CertificatePage::new(frame, certificate, qr(), "token".into())
            .render()
            .unwrap()
    };
    let list = |certificates| Certificates {
        chrome: chrome("我的证照", Section::Mine, "citizen"),
        incomplete: true,
        next: "/certificates?cursor=x".into(),
        certificates,
    };
    let showing = |lit| Showing {
        chrome: chrome("出示结婚证", Section::Mine, "citizen"),
        service: "marriage".into(),
        id: "x".into(),
        title: "结婚证".into(),
        lit,
        csrf: "token".into(),
    };
    let shown = pb::ShownCertificate {
        title: "结婚证".into(),
        number: "J421221-2026-000001".into(),
        issuer: "嘉鱼县民政局婚姻登记处".into(),
        issued_on: "2026-05-20".into(),
        holders: vec!["张**".into(), "王**".into()],
        holder: "张**".into(),
        state: "valid".into(),
        state_label: "有效".into(),
        seconds_left: 41,
    };
    let both = vec![
        certificate("valid", "有效", true),
        certificate("ended", "已失效", true),
    ];
    let signed = |state: &str, label: &str| Verdict::Signed(state.into(), label.into());
    let verify = Verify {
        chrome: chrome("核验电子证照", Section::None, ""),
    };
    let shown = VerdictPage::shown(chrome("", Section::None, ""), shown);
    vec![
        ("certificates", list(both).render().unwrap()),
        ("certificates-none", list(vec![]).render().unwrap()),
        ("certificate", own("valid", "有效", true, "citizen")),
        ("certificate-ended", own("ended", "已失效", true, "citizen")),
        ("certificate-officer", own("valid", "有效", false, "staff")),
        (
            "showing",
            showing(Some(Lit::new(qr(), 41))).render().unwrap(),
        ),
        ("showing-over", showing(None).render().unwrap()),
        ("shown", shown.render().unwrap()),
        ("verify", verify.render().unwrap()),
        ("verdict-valid", verdict(&signed("valid", "有效"))),
        ("verdict-ended", verdict(&signed("ended", "已失效"))),
        ("verdict-unknown", verdict(&Verdict::Unknown)),
        (
            "verdict-away",
            verdict(&Verdict::Away(Fault::of(Code::Unavailable))),
        ),
        (
            "verdict-forged",
            verdict(&Verdict::Wrong(CertificateError::Signature)),
        ),
        (
            "verdict-nothing",
            verdict(&Verdict::Wrong(CertificateError::Form)),
        ),
    ]
}
