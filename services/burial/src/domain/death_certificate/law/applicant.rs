//! Who may ask for a certificate: near relatives or whom they send (DC26).

yiwang_casework::code_list! {
    /// What the applicant is to the dead person.
    Relation {
        Spouse = "spouse", "配偶";
        Parent = "parent", "父母";
        Child = "child", "子女";
        Sibling = "sibling", "兄弟姐妹";
        Grandparent = "grandparent", "祖父母、外祖父母";
        Grandchild = "grandchild", "孙子女、外孙子女";
        Proxy = "proxy", "受近亲属委托的代理人";
        Institution = "institution", "所在单位、养老服务机构或村（居）委会";
        Police = "police", "公安机关";
    }
}

impl Relation {
    /// 近亲属 (民法典第一千零四十五条), or one of theirs.
    #[must_use]
    pub fn is_of_family(self) -> bool {
        !matches!(self, Self::Institution | Self::Police)
    }

    /// Whether this one may ask. Somebody without a name has no known family.
    #[must_use]
    pub fn may_apply(self, nameless: bool) -> bool {
        nameless || self.is_of_family()
    }
}
