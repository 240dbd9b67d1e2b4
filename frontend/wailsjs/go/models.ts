export namespace account {
	
	export interface Account {
	    id: string;
	    api_user_id: number;
	    group_id: string;
	    group: string;
	    name: string;
	    disabled: boolean;
	    strict_request_ids: boolean;
	    default_sender: postal.Address;
	    tokens: number;
	    auths: number;
	    shipments: number;
	    last_used_ms: number;
	    last_used_from: string;
	    deleted_ms?: number;
	    version: number;
	    created_ms: number;
	    updated_ms: number;
	}
	export interface Brief {
	    id: string;
	    name: string;
	    group_id: string;
	    group: string;
	    auths: number;
	}
	export interface Filter {
	    group_id: string;
	    search: string;
	    in_groups: boolean;
	}
	export interface Group {
	    id: string;
	    name: string;
	    accounts: number;
	    disabled: number;
	    last_used_ms: number;
	    version: number;
	    created_ms: number;
	    updated_ms: number;
	}
	export interface GroupDays {
	    group_id: string;
	    counts: number[];
	}
	export interface Key {
	    id: string;
	    account_id: string;
	    hint: string;
	    created_ms: number;
	    ends_ms: number;
	    last_used_ms: number;
	    last_used_from: string;
	}
	export interface Token {
	    id: string;
	    account_id: string;
	    name: string;
	    hint: string;
	    scopes: string[];
	    testing: boolean;
	    brought: boolean;
	    expires_ms: number;
	    created_ms: number;
	    last_used_ms: number;
	    last_used_from: string;
	}

}

export namespace audit {
	
	export interface Fault {
	    kind: string;
	    from: number;
	    to: number;
	    at_ms: number;
	}
	export interface Filter {
	    account_id: string;
	    actor: string;
	    action: string;
	    door: string;
	    subject_id: string;
	    subject: string;
	    from_ms: number;
	    to_ms: number;
	}
	export interface Subject {
	    kind: string;
	    id: string;
	    name: string;
	}
	export interface Verdict {
	    whole: boolean;
	    checked: number;
	    found: number;
	    faults: Fault[];
	}

}

export namespace auth {
	
	export interface Auth {
	    id: string;
	    account_id: string;
	    courier: string;
	    company: string;
	    testing: boolean;
	    tracking_only: boolean;
	    fields: Record<string, string>;
	    last_test_ms: number;
	    last_test_ok: boolean;
	    last_test_note: string;
	    version: number;
	    created_ms: number;
	    updated_ms: number;
	}
	export interface Uses {
	    presets: string[];
	    others: number;
	    in_flight: number;
	}

}

export namespace bulk {
	
	export interface Ask {
	    action: string;
	    ids: string[];
	    kinds: string[];
	    arrangement: string;
	}
	export interface File {
	    name: string;
	    media: string;
	    size: number;
	    pages: number;
	    shipments: number;
	    warnings: courier.Warning[];
	}
	export interface Reason {
	    why: string;
	    count: number;
	    numbers: number[];
	}
	export interface Foresight {
	    cancellable: string[];
	    not: Reason[];
	    live: number;
	    pdf: number;
	    zpl: number;
	}
	export interface Parked {
	    id: string;
	    number: number;
	    name: string;
	    code: string;
	    message: string;
	    again: boolean;
	}
	
	export interface Run {
	    id: string;
	    action: string;
	    state: string;
	    total: number;
	    done: number;
	    binding: boolean;
	    stopping: boolean;
	    why: string;
	    parked: Parked[];
	    files: File[];
	}

}

export namespace contact {
	
	export interface Contact {
	    id: string;
	    kind: string;
	    address: postal.Address;
	    note: string;
	    version: number;
	    created_ms: number;
	    updated_ms: number;
	}
	export interface Field {
	    key: string;
	    label: string;
	}
	export interface Filter {
	    search: string;
	    kind: string;
	}
	export interface Saved {
	    contact: Contact;
	    result: string;
	}

}

export namespace courier {
	
	export interface Capabilities {
	    cancel: boolean;
	    track: boolean;
	    find: boolean;
	    manifest: boolean;
	    whole_day: boolean;
	    price: boolean;
	    pickup_points: boolean;
	    collection: boolean;
	    customs: boolean;
	    relabel: boolean;
	    forwards: boolean;
	}
	export interface Charges {
	    base: money.Amount;
	    fuel: money.Amount;
	    surcharges: money.Amount;
	}
	export interface Forward {
	    through: string;
	    courier: string;
	    company?: string;
	    given?: number[];
	}
	export interface Item {
	    description: string;
	    extended_description?: string;
	    quantity: number;
	    value: money.Amount;
	    weight_g: number;
	    sku?: string;
	    hs_code?: string;
	    origin_country?: string;
	    image_url?: string;
	}
	export interface Parcel {
	    weight_g: number;
	    length_mm: number;
	    width_mm: number;
	    height_mm: number;
	    value: money.Amount;
	    package_id?: string;
	    items: Item[];
	}
	export interface ServiceOffer {
	    code: string;
	    preset_code: string;
	    name: string;
	    description: string;
	    lead_days: number;
	}
	export interface Consignment {
	    shipment_id: string;
	    service: ServiceOffer;
	    from: postal.Address;
	    to: postal.Address;
	    parcels: Parcel[];
	    reference?: string;
	    reference_2?: string;
	    order_id?: string;
	    delivery_instructions?: string;
	    parcel_description?: string;
	    created_ms: number;
	    collection_ms?: number;
	    incoterms?: string;
	    reason_for_export?: string;
	    shipping_charge: money.Amount;
	    options?: Record<string, string>;
	    testing: boolean;
	    label_format: string;
	    label_size: string;
	    label_dpi: number;
	    forward: Forward;
	}
	export interface Contract {
	    name: string;
	    version: string;
	}
	export interface Limits {
	    name: number;
	    address_line: number;
	    city: number;
	    postcode: number;
	    reference: number;
	    parcels: number;
	    parcel_weight: number;
	    parcel_length: number;
	    phone_needed: boolean;
	    email_needed: boolean;
	}
	export interface Option {
	    value: string;
	    label: string;
	}
	export interface Field {
	    key: string;
	    label: string;
	    kind: string;
	    required: boolean;
	    min_length?: number;
	    max_length?: number;
	    pattern?: string;
	    pattern_hint?: string;
	    options?: Option[];
	    default?: string;
	    help?: string;
	    where?: string;
	}
	export interface Descriptor {
	    key: string;
	    name: string;
	    initials: string;
	    description: string;
	    website: string;
	    local: boolean;
	    checked: Contract;
	    fields: Field[];
	    options: Field[];
	    services: ServiceOffer[];
	    formats: string[];
	    sizes: string[];
	    capabilities: Capabilities;
	    limits: Limits;
	}
	export interface Event {
	    id: string;
	    tracking_code: string;
	    at_ms: number;
	    status_code: number;
	    description: string;
	    location: string;
	}
	
	
	
	
	export interface Offer {
	    service: string;
	    options?: Record<string, string>;
	    code: string;
	    name: string;
	    price: money.Amount;
	    charge: Charges;
	    transit_days?: number;
	    delivery_ms?: number;
	    chosen: boolean;
	}
	
	
	
	export interface Warning {
	    field: string;
	    message: string;
	}

}

export namespace desktop {
	
	export interface AccountPage {
	    items: account.Account[];
	    next: string;
	}
	export interface AuditEntry {
	    number: number;
	    id: string;
	    at_ms: number;
	    door: string;
	    actor: string;
	    from: string;
	    action: string;
	    subject: audit.Subject;
	    account_id: string;
	    before: string;
	    after: string;
	}
	export interface AuditPage {
	    items: AuditEntry[];
	    next: string;
	}
	export interface AuthForm {
	    account_id: string;
	    courier: string;
	    company: string;
	    testing: boolean;
	    tracking_only: boolean;
	    fields: Record<string, string>;
	    clear?: string[];
	}
	export interface Shipment {
	    row: shipment.Row;
	    auth_id: string;
	    service_code: string;
	    consignment: courier.Consignment;
	    commercial_invoice_details: order.InvoiceDetails;
	    order_alt_id: string;
	    account_number: string;
	    account_name: string;
	    gift_note: string;
	    courier_ref: string;
	    tracking_urls: string[];
	    price: money.Amount;
	    failure: string;
	    warnings: courier.Warning[];
	    request: string;
	    answer: string;
	    timeline: shipment.Moment[];
	    events: courier.Event[];
	    cancellable: shipment.Cancellable;
	    links: shipment.Link[];
	    redo_due: boolean;
	    local: boolean;
	    trackable: boolean;
	}
	export interface CancelledShipment {
	    shipment: Shipment;
	    already: boolean;
	}
	export interface ChangeAccount {
	    id: string;
	    version: number;
	    name?: string;
	    default_sender?: postal.Address;
	    strict_request_ids?: boolean;
	}
	export interface Choices {
	    grace_hours: number[];
	    default_grace_hours: number;
	    scopes: string[];
	    default_scopes: string[];
	    name_limit: number;
	}
	export interface ImportRow {
	    number: number;
	    cells: string[];
	    problem: string;
	}
	export interface ContactFile {
	    name: string;
	    headings: string[];
	    rows: ImportRow[];
	    total: number;
	    columns: Record<string, string>;
	    kind: string;
	    saved: boolean;
	    fields: contact.Field[];
	}
	export interface ContactPage {
	    items: contact.Contact[];
	    next: string;
	}
	export interface ImportProblem {
	    row: number;
	    field: string;
	    column: string;
	    message: string;
	    value: string;
	}
	export interface ContactReport {
	    added: number;
	    changed: number;
	    same: number;
	    wrong: number;
	    problems: ImportProblem[];
	}
	export interface Country {
	    code: string;
	    name: string;
	}
	export interface CreatedAccount {
	    account: account.Account;
	    key: string;
	}
	export interface CreatedKey {
	    key: account.Key;
	    value: string;
	}
	export interface CreatedShipment {
	    shipment: Shipment;
	    duplicate: boolean;
	}
	export interface CreatedToken {
	    token: account.Token;
	    value: string;
	}
	export interface DocumentAsk {
	    key?: string;
	    shipment_id: string;
	    kind: string;
	    format: string;
	    dpi: number;
	    copies: number;
	}
	export interface DocumentData {
	    name: string;
	    media: string;
	    base64: string;
	    warnings: courier.Warning[];
	}
	export interface DraftPage {
	    items: draft.Draft[];
	    next: string;
	}
	export interface DraftPick {
	    ids: string[];
	    more: boolean;
	}
	export interface Error {
	    code: string;
	    message: string;
	    fields: errs.Field[];
	    request: number;
	}
	export interface FirstRun {
	    group: string;
	    account: string;
	    sender: postal.Address;
	    testing: boolean;
	}
	export interface FirstRunDone {
	    group: account.Group;
	    account: account.Account;
	    key: string;
	    auth: auth.Auth;
	}
	export interface FoundPrinters {
	    printers: printing.Found[];
	    troubles: string[];
	}
	export interface ImportFile {
	    name: string;
	    format: importing.Format;
	    sheets: string[];
	    headings: string[];
	    rows: ImportRow[];
	    total: number;
	    mapping: importing.Mapping;
	    saved: boolean;
	}
	export interface ImportLine {
	    rows: number[];
	    reference: string;
	    recipient: string;
	    result: string;
	    number: number;
	    problems: ImportProblem[];
	}
	
	export interface ImportReport {
	    counts: importing.Counts;
	    lines: ImportLine[];
	}
	
	export interface LookedUp {
	    shipment: Shipment;
	    told: string;
	}
	export interface ManifestPage {
	    items: manifest.Manifest[];
	    next: string;
	}
	export interface NewAccount {
	    group_id: string;
	    group_name: string;
	    new_group?: string;
	    name: string;
	    key: string;
	    default_sender: postal.Address;
	}
	export interface NewToken {
	    account_id: string;
	    name: string;
	    scopes: string[];
	    testing: boolean;
	    expires_ms: number;
	    value: string;
	}
	export interface Papers {
	    documents: document.Document[];
	    jobs: printing.Job[];
	}
	export interface Picked {
	    ids: string[];
	    more: boolean;
	}
	export interface PresetLists {
	    custom: preset.Preset[];
	    system: preset.Preset[];
	}
	export interface PreviewAsk {
	    template: template.Template;
	    kind: string;
	    number: number;
	    gift: boolean;
	    page: number;
	}
	export interface PreviewPage {
	    png: string;
	    page: number;
	    pages: number;
	    warnings: courier.Warning[];
	}
	export interface PrintJobPage {
	    items: printing.Job[];
	    next: string;
	}
	export interface RequestPage {
	    items: requestlog.Entry[];
	    next: string;
	}
	export interface SavedAudit {
	    path: string;
	    entries: number;
	}
	export interface SavedDocument {
	    path: string;
	    warnings: courier.Warning[];
	}
	export interface SavedFile {
	    path: string;
	    rows: number;
	}
	
	export interface ShipmentCount {
	    count: number;
	    more: boolean;
	}
	export interface ShipmentPage {
	    items: shipment.Row[];
	    next: string;
	}
	export interface State {
	    state: string;
	    error?: Error;
	    version: string;
	    data_dir: string;
	    api_url: string;
	    api_error: string;
	    notice: string;
	    new_key: boolean;
	    unknown: number;
	}
	export interface VerdictStep {
	    text: string;
	    took_ms: number;
	}
	export interface Verdict {
	    steps: VerdictStep[];
	    warnings: string[];
	    refusal?: Error;
	}

}

export namespace document {
	
	export interface Document {
	    key: string;
	    shipment_id: string;
	    account_id: string;
	    kind: string;
	    media: string;
	    sha256: string;
	    size: number;
	    variant: string;
	    created_ms: number;
	}

}

export namespace draft {
	
	export interface Draft {
	    id: string;
	    account_id: string;
	    account: string;
	    order: string;
	    reference: string;
	    recipient: string;
	    country_iso: string;
	    source: string;
	    problems: errs.Field[];
	    created_ms: number;
	    updated_ms: number;
	    version: number;
	    waits_for?: string;
	    waits_courier?: string;
	    waiting_ms?: number;
	}
	export interface Filter {
	    account_id: string;
	    source: string;
	    search: string;
	    waiting?: boolean;
	}
	export interface Imported {
	    File: string;
	    Rows: number[];
	}
	export interface Line {
	    id: string;
	    reference: string;
	    recipient: string;
	    number: number;
	    tracking: string;
	    code: string;
	    message: string;
	    fields: errs.Field[];
	}
	export interface Report {
	    total: number;
	    bought: number;
	    failed: number;
	    left: number;
	    lines: Line[];
	}
	export interface Waits {
	    waiting: number;
	    lines: Line[];
	}

}

export namespace errs {
	
	export interface Field {
	    path: string;
	    message: string;
	}

}

export namespace health {
	
	export interface Report {
	    auth_id: string;
	    testing: boolean;
	    courier: string;
	    state: string;
	    since_ms: number;
	    next_ms: number;
	    last_success_ms: number;
	    last_failure_ms: number;
	    last_failure: string;
	    calls: number;
	    failures: number;
	    slow: boolean;
	    kept_ms?: number;
	    company?: string;
	    account?: string;
	}

}

export namespace importing {
	
	export interface Counts {
	    rows: number;
	    shipments: number;
	    ready: number;
	    wrong: number;
	    before: number;
	    made: number;
	    kept: number;
	    away: number;
	    unclear: number;
	    stopped: number;
	}
	export interface Field {
	    key: string;
	    label: string;
	    level: string;
	}
	export interface Format {
	    delimiter: string;
	    encoding: string;
	    sheet: string;
	}
	export interface Mapping {
	    columns: Record<string, string>;
	    fixed: Record<string, string>;
	}

}

export namespace manifest {
	
	export interface Filter {
	    account_id: string;
	    courier: string;
	    from_ms: number;
	    to_ms: number;
	}
	export interface Manifest {
	    id: string;
	    number: number;
	    state: string;
	    account_id: string;
	    account: string;
	    auth_id: string;
	    courier: string;
	    company: string;
	    testing: boolean;
	    shipments: number;
	    parcels: number;
	    weight_g: number;
	    courier_ref: string;
	    told: string;
	    paper_key: string;
	    own_paper: boolean;
	    by: string;
	    begun_ms: number;
	    ended_ms: number;
	}
	export interface Left {
	    auth_id: string;
	    account_id: string;
	    account: string;
	    courier: string;
	    company: string;
	    testing: boolean;
	    shipments: number;
	    parcels: number;
	    weight_g: number;
	    oldest_ms: number;
	    unknown: number[];
	    busy: number;
	    asks: boolean;
	    pending?: Manifest;
	}

}

export namespace money {
	
	export interface Amount {
	    minor: number;
	    currency: string;
	}

}

export namespace order {
	
	export interface InvoiceDetails {
	    vat_number?: string;
	    eori_number?: string;
	    company_number?: string;
	    receiver_reference?: string;
	    size?: string;
	    billing_address: postal.Address;
	}

}

export namespace page {
	
	export interface Request {
	    limit: number;
	    cursor: string;
	}

}

export namespace postal {
	
	export interface Address {
	    name?: string;
	    company_name?: string;
	    address_1?: string;
	    address_2?: string;
	    address_3?: string;
	    city?: string;
	    county?: string;
	    postcode?: string;
	    country_iso?: string;
	    phone?: string;
	    email?: string;
	    tax_id?: string;
	    eori_id?: string;
	    ioss_number?: string;
	    ukims_number?: string;
	    company_id?: string;
	    abn_number?: string;
	    arn_number?: string;
	    gst_number?: string;
	    voec_number?: string;
	    address_name?: string;
	}

}

export namespace preset {
	
	export interface Finding {
	    rule: string;
	    fits: boolean;
	    text: string;
	}
	export interface Share {
	    account_id: string;
	    account: string;
	}
	export interface Rules {
	    weight_min_g?: number;
	    weight_max_g?: number;
	    longest_max_mm?: number;
	    length_min_mm?: number;
	    length_max_mm?: number;
	    width_min_mm?: number;
	    width_max_mm?: number;
	    height_min_mm?: number;
	    height_max_mm?: number;
	    value_min: money.Amount;
	    value_max: money.Amount;
	    countries?: string[];
	    postcodes?: string[];
	    postcodes_except?: string[];
	}
	export interface Preset {
	    id: string;
	    number: number;
	    account_id?: string;
	    account?: string;
	    api_user_id?: number;
	    name: string;
	    dc_service_id: string;
	    courier: string;
	    service_code: string;
	    options: Record<string, string>;
	    rules: Rules;
	    shares: Share[];
	    system: boolean;
	    version: number;
	    created_ms: number;
	    updated_ms: number;
	}
	
	
	export interface Use {
	    account: string;
	    shipments: number;
	    last_ms: number;
	}

}

export namespace printing {
	
	export interface Ask {
	    shipment_id: string;
	    kind: string;
	    document_key?: string;
	    printer_id: string;
	}
	export interface Default {
	    kind: string;
	    format: string;
	    printer_id: string;
	}
	export interface Filter {
	    states: string[];
	    shipment_id: string;
	}
	export interface Found {
	    kind: string;
	    address: string;
	    name: string;
	    model: string;
	    place: string;
	    formats: string[];
	    dpi: number;
	    ready: boolean;
	    says: string;
	}
	export interface Job {
	    id: string;
	    printer_id: string;
	    printer: string;
	    shipment_id: string;
	    shipment_number: number;
	    account_id: string;
	    kind: string;
	    format: string;
	    document_key: string;
	    reprint: boolean;
	    state: string;
	    attempts: number;
	    said: string;
	    by: string;
	    created_ms: number;
	    updated_ms: number;
	}
	export interface Printer {
	    id: string;
	    name: string;
	    kind: string;
	    address: string;
	    formats: string[];
	    dpi: number;
	    version: number;
	    created_ms: number;
	    updated_ms: number;
	}

}

export namespace requestlog {
	
	export interface Entry {
	    dc_request_id: number;
	    at_ms: number;
	    account_id: string;
	    token_name: string;
	    request_id: string;
	    method: string;
	    path: string;
	    status: number;
	    took_us: number;
	    from: string;
	    request: string;
	    response: string;
	}
	export interface Filter {
	    account_id: string;
	    request_id: string;
	    failed: boolean;
	}

}

export namespace savedview {
	
	export interface Query {
	    q: string;
	    account: string;
	    courier: string;
	    status: string[];
	    country: string;
	    testing: string;
	    printed: string;
	    since: string;
	    until: string;
	    sort: shipment.Sort;
	    columns: string[];
	}
	export interface View {
	    id: string;
	    name: string;
	    place: number;
	    query: Query;
	    version: number;
	    created_ms: number;
	    updated_ms: number;
	}

}

export namespace settings {
	
	export interface Settings {
	    bench_name: string;
	    sender: postal.Address;
	    country_iso: string;
	    time_zone: string;
	    version: number;
	    updated_ms: number;
	}

}

export namespace shipment {
	
	export interface Alternative {
	    auth_id: string;
	    courier: string;
	    company: string;
	    testing: boolean;
	    dc_service_id: string;
	    name: string;
	    lead_days: number;
	}
	export interface Cancellable {
	    yes: boolean;
	    until_ms: number;
	    why: string;
	}
	export interface Facet {
	    value: string;
	    label: string;
	    count: number;
	    more: boolean;
	}
	export interface Sort {
	    by: string;
	    ascending: boolean;
	}
	export interface Filter {
	    account_id: string;
	    courier: string;
	    states: string[];
	    testing?: boolean;
	    country_iso: string;
	    printed?: boolean;
	    from_ms: number;
	    to_ms: number;
	    reference: string;
	    number: number;
	    dc_request_id: number;
	    email: string;
	    tracking_code: string;
	    search: string;
	    sort: Sort;
	}
	export interface Fitting {
	    dc_service_id: string;
	    why: string[];
	}
	export interface Link {
	    kind: string;
	    id: string;
	    number: number;
	}
	export interface Moment {
	    at_ms: number;
	    step: string;
	    note: string;
	    by: string;
	}
	export interface Outlook {
	    fields: errs.Field[];
	    presets: Fitting[];
	    customs: string;
	    missing: string[];
	    items: number;
	    weight_g: number;
	    value: money.Amount;
	}
	export interface Row {
	    id: string;
	    number: number;
	    dc_request_id: number;
	    created_ms: number;
	    account_id: string;
	    account: string;
	    courier: string;
	    company: string;
	    service_name: string;
	    dc_service_id: string;
	    testing: boolean;
	    reference: string;
	    reference_2: string;
	    recipient: string;
	    recipient_company: string;
	    city: string;
	    postcode: string;
	    country_iso: string;
	    parcels: number;
	    weight_g: number;
	    tracking_codes: string[];
	    state: string;
	    status_code: number;
	    packed: boolean;
	    printed_ms: number;
	    version: number;
	    updated_ms: number;
	}
	export interface Question {
	    shipment: Row;
	    failure: string;
	    askable: boolean;
	    asked_ms: number;
	    next_ms: number;
	    told: string;
	}
	
	export interface Sample {
	    number: number;
	    country_iso: string;
	    postcode: string;
	    weight_g: number;
	    length_mm: number;
	    width_mm: number;
	    height_mm: number;
	    value: money.Amount;
	}
	
	export interface Trial {
	    fits: boolean;
	    findings: preset.Finding[];
	    courier: string[];
	}

}

export namespace template {
	
	export interface Business {
	    name: string;
	    address: postal.Address;
	    vat_number: string;
	    eori_number: string;
	    company_number: string;
	    logo: number[];
	    details: boolean;
	    footer: string;
	    returns: string;
	}
	export interface Invoice {
	    language: string;
	    paper: string;
	}
	export interface Manifest {
	    language: string;
	    paper: string;
	}
	export interface Slip {
	    language: string;
	    paper: string;
	    prices: boolean;
	    gift_note: boolean;
	    message: string;
	    sku: boolean;
	    weight: boolean;
	    barcode: boolean;
	    sender: boolean;
	}
	export interface Template {
	    group_id: string;
	    business: Business;
	    packing_slip: Slip;
	    commercial_invoice: Invoice;
	    manifest: Manifest;
	    version: number;
	    updated_ms: number;
	}

}

