//! Kinds of adoption and grounds (中国公民收养子女登记办法第4条; 民法典第1093条).

yiwang_casework::code_list! {
    /// What is adopted, and from whom (rules B4.7).
    Kind {
        Institution = "S1", "收养儿童福利机构抚养的儿童";
        Found = "S2", "收养不在儿童福利机构的查找不到生父母的儿童";
        Sent = "S3", "收养生父母有特殊困难的子女，或者监护人送养的孤儿";
        Kin = "S4", "收养三代以内旁系同辈血亲的子女";
        Step = "S5", "收养继子女";
    }
}

yiwang_casework::code_list! {
    /// Why a child may be adopted (民法典第1093条).
    Ground {
        Unchosen = "unchosen", "还没有选定儿童";
        Orphan = "orphan", "丧失父母的孤儿";
        ParentsUnknown = "parents_unknown", "查找不到生父母的未成年人";
        Hardship = "hardship", "生父母有特殊困难无力抚养的子女";
        Relative = "relative", "亲属、继子女之间（不要求特殊困难）";
    }
}

impl Kind {
    /// Grounds that go with this kind (民法典第1093条、第1099条、第1103条).
    #[must_use]
    pub fn grounds(self) -> &'static [Ground] {
        match self {
            Self::Institution => &[Ground::Orphan, Ground::ParentsUnknown],
            Self::Found => &[Ground::ParentsUnknown],
            Self::Sent => &[Ground::Hardship, Ground::Orphan],
            Self::Kin => &[Ground::Relative, Ground::Hardship, Ground::Orphan],
            Self::Step => &[Ground::Relative, Ground::Hardship],
        }
    }
}
