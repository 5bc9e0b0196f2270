//! Electronic certificates 电子证照: own ones, one of them, its file, 亮证; and the public
//! pages where a stranger reads what a certificate is worth.

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use super::{
    body::Body,
    desk::{Desk, go},
    view::{
        Section,
        certificates::{CertificatePage, Certificates, Lit, Showing, VerdictPage, Verify},
        chrome::query,
        public::Message,
    },
};
use crate::certificates::{self, qr::Qr};

const PAGE: usize = 20;

/// Own certificates.
pub(crate) async fn list(desk: Desk) -> Result<Response, Fault> {
    let backends = desk.state.backends();
    let page = backends
        .own_certificates(desk.who()?, desk.query("cursor"), PAGE)
        .await?;
    Ok(desk.page(&Certificates {
        chrome: desk.chrome().titled("我的证照", Section::Mine),
        certificates: page.entries,
        next: match page.next_cursor.as_str() {
            "" => String::new(),
            cursor => query("/certificates", &[("cursor", cursor)]),
        },
        incomplete: !page.unavailable.is_empty(),
    }))
}

async fn find(desk: &Desk) -> Result<pb::Certificate, Fault> {
    let (service, id) = (desk.param(0)?, desk.param(1)?);
    let backends = desk.state.backends();
    backends.certificate(desk.who()?, service, id).await
}

/// One certificate.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let certificate = find(&desk).await?;
    let link = certificates::verify_link(&desk.state, &certificate.statement);
    let chrome = desk
        .chrome()
        .titled(certificate.title.clone(), Section::Mine);
    let csrf = desk.who()?.csrf.clone();
    let page = CertificatePage::new(chrome, certificate, Qr::of(&link)?, csrf);
    Ok(desk.page(&page))
}

/// A certificate as PDF.
pub(crate) async fn pdf(desk: Desk) -> Result<Response, Fault> {
    let (service, id) = (desk.param(0)?, desk.param(1)?);
    match certificates::download(&desk.state, desk.who()?, service, id).await {
        Err(fault) if fault.reason == "FONT_MISSING" => {
            let back = format!("/certificates/{service}/{id}");
            let page = Message {
                chrome: desk.chrome().titled("现在不能下载", Section::Mine),
                lines: vec![fault.message],
                links: vec![(back, "返回证照")],
                trace: String::new(),
            };
            Ok(desk.page_with(StatusCode::SERVICE_UNAVAILABLE, &page))
        }
        other => other,
    }
}

/// Lights the code 亮证.
pub(crate) async fn light(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let (service, id) = (desk.param(0)?, desk.param(1)?);
    let backends = desk.state.backends();
    let lit = backends.show_certificate(desk.who()?, service, id).await?;
    let page = format!("/certificates/{service}/{id}/show");
    Ok(go(&query(&page, &[("code", &lit.code)])))
}

/// The code as the holder holds it out, with the seconds left; the page comes again by itself.
pub(crate) async fn lit(desk: Desk) -> Result<Response, Fault> {
    let certificate = find(&desk).await?;
    let code = desk.query("code");
    let lit = match desk.state.backends().shown_certificate(code).await {
        Ok(shown) if shown.number == certificate.number => {
            let link = certificates::show_link(&desk.state, code);
            Some(Lit::new(Qr::of(&link)?, shown.seconds_left))
        }
        Ok(_) => None,
        Err(fault) if fault.code == Code::NotFound => None,
        Err(fault) => return Err(fault),
    };
    let csrf = desk.who()?.csrf.clone();
    let title = certificate.title;
    Ok(desk.page(&Showing {
        chrome: desk.chrome().titled(format!("出示{title}"), Section::Mine),
        service: certificate.service,
        id: certificate.id,
        title,
        lit,
        csrf,
    }))
}

/// What somebody reads who scanned the code that a holder held out.
pub(crate) async fn shown(desk: Desk) -> Result<Response, Fault> {
    match desk
        .state
        .backends()
        .shown_certificate(desk.param(0)?)
        .await
    {
        Ok(shown) => Ok(desk.page(&VerdictPage::shown(desk.chrome(), shown))),
        Err(fault) if fault.code == Code::NotFound => {
            let page = Message {
                chrome: desk.chrome().titled("这个码已经过期", Section::None),
                lines: vec!["亮证的码只有一分钟有效。请对方再亮一次证，重新扫。".to_owned()],
                links: vec![("/verify".to_owned(), "核验证照")],
                trace: String::new(),
            };
            Ok(desk.page_with(StatusCode::NOT_FOUND, &page))
        }
        Err(fault) => Err(fault),
    }
}

/// What a certificate is worth whose QR code was scanned, or whose text was pasted.
pub(crate) async fn verify(desk: Desk) -> Result<Response, Fault> {
    let text = desk.query("c");
    if text.is_empty() {
        return Ok(desk.page(&Verify {
            chrome: desk.chrome().titled("核验电子证照", Section::None),
        }));
    }
    let (said, verdict) = certificates::check(&desk.state, text).await;
    if let certificates::Verdict::Away(fault) = &verdict {
        crate::error::log(fault);
    }
    // The way back after signing in is short: a statement fills the address bar.
    let desk = desk.clone().at("/verify");
    Ok(desk.page(&VerdictPage::of(desk.chrome(), said, &verdict)))
}
