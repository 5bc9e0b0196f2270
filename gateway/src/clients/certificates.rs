//! Calls about one electronic certificate 电子证照: a service is asked by its name.

use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use super::{Backends, Identity, Service};

impl Backends {
    /// A certificate as its holder or an officer may read it.
    ///
    /// # Errors
    /// `CERTIFICATE_NOT_FOUND`, also when it is hidden from the caller.
    pub async fn certificate(
        &self,
        who: impl Into<Identity>,
        service: &str,
        id: &str,
    ) -> Result<pb::Certificate, Fault> {
        let request = pb::GetCertificateRequest { id: id.to_owned() };
        let (service, who) = (self.issuer(service)?, who.into());
        self.call(
            service,
            Some(&who),
            request,
            |mut client, request| async move { client.get_certificate(request).await },
        )
        .await
    }

    /// A code that lives a minute 亮证, for the holder alone.
    ///
    /// # Errors
    /// `CERTIFICATE_NOT_FOUND`, `NOT_HOLDER`.
    pub async fn show_certificate(
        &self,
        who: impl Into<Identity>,
        service: &str,
        id: &str,
    ) -> Result<pb::ShowCertificateResponse, Fault> {
        let request = pb::ShowCertificateRequest { id: id.to_owned() };
        let (service, who) = (self.issuer(service)?, who.into());
        self.call(
            service,
            Some(&who),
            request,
            |mut client, request| async move { client.show_certificate(request).await },
        )
        .await
    }

    /// What somebody reads who scanned such a code. It does not say whose it is, so all
    /// services are asked.
    ///
    /// # Errors
    /// `CODE_EXPIRED`
    pub async fn shown_certificate(&self, code: &str) -> Result<pb::ShownCertificate, Fault> {
        let request = pb::CheckShownRequest {
            code: code.to_owned(),
        };
        let found = self
            .find(
                self.everyone(),
                None,
                request,
                |mut client, request| async move { client.check_shown(request).await },
            )
            .await;
        found.map(|(_, shown)| shown)
    }

    /// Whether the certificate of a signed statement is valid now.
    ///
    /// # Errors
    /// `NOT_FOUND` when its service does not know it, or is not one of ours.
    pub async fn certificate_status(
        &self,
        service: &str,
        statement: &str,
    ) -> Result<pb::CertificateStatus, Fault> {
        let request = pb::CheckCertificateRequest {
            statement: statement.to_owned(),
        };
        let service = self.issuer(service)?;
        self.call(service, None, request, |mut client, request| async move {
            client.check_certificate(request).await
        })
        .await
    }

    /// The service of this name; that there is none tells no more than a hidden certificate.
    fn issuer(&self, name: &str) -> Result<&Service, Fault> {
        let found = self.services.iter().find(|service| service.name == name);
        found.ok_or_else(|| {
            let message = "没有找到这份证照，请从“我的证照”里打开。";
            Fault::new(Code::NotFound, "CERTIFICATE_NOT_FOUND", message)
        })
    }
}
