export namespace account {
	
	export class Account {
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
	
	    static createFrom(source: any = {}) {
	        return new Account(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.api_user_id = source["api_user_id"];
	        this.group_id = source["group_id"];
	        this.group = source["group"];
	        this.name = source["name"];
	        this.disabled = source["disabled"];
	        this.strict_request_ids = source["strict_request_ids"];
	        this.default_sender = this.convertValues(source["default_sender"], postal.Address);
	        this.tokens = source["tokens"];
	        this.auths = source["auths"];
	        this.shipments = source["shipments"];
	        this.last_used_ms = source["last_used_ms"];
	        this.last_used_from = source["last_used_from"];
	        this.deleted_ms = source["deleted_ms"];
	        this.version = source["version"];
	        this.created_ms = source["created_ms"];
	        this.updated_ms = source["updated_ms"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Filter {
	    group_id: string;
	    search: string;
	
	    static createFrom(source: any = {}) {
	        return new Filter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.group_id = source["group_id"];
	        this.search = source["search"];
	    }
	}
	export class Group {
	    id: string;
	    name: string;
	    accounts: number;
	    last_used_ms: number;
	    version: number;
	    created_ms: number;
	    updated_ms: number;
	
	    static createFrom(source: any = {}) {
	        return new Group(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.accounts = source["accounts"];
	        this.last_used_ms = source["last_used_ms"];
	        this.version = source["version"];
	        this.created_ms = source["created_ms"];
	        this.updated_ms = source["updated_ms"];
	    }
	}
	export class Key {
	    id: string;
	    account_id: string;
	    hint: string;
	    created_ms: number;
	    ends_ms: number;
	    last_used_ms: number;
	    last_used_from: string;
	
	    static createFrom(source: any = {}) {
	        return new Key(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.account_id = source["account_id"];
	        this.hint = source["hint"];
	        this.created_ms = source["created_ms"];
	        this.ends_ms = source["ends_ms"];
	        this.last_used_ms = source["last_used_ms"];
	        this.last_used_from = source["last_used_from"];
	    }
	}
	export class Token {
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
	
	    static createFrom(source: any = {}) {
	        return new Token(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.account_id = source["account_id"];
	        this.name = source["name"];
	        this.hint = source["hint"];
	        this.scopes = source["scopes"];
	        this.testing = source["testing"];
	        this.brought = source["brought"];
	        this.expires_ms = source["expires_ms"];
	        this.created_ms = source["created_ms"];
	        this.last_used_ms = source["last_used_ms"];
	        this.last_used_from = source["last_used_from"];
	    }
	}

}

export namespace audit {
	
	export class Filter {
	    account_id: string;
	    action: string;
	    subject_id: string;
	
	    static createFrom(source: any = {}) {
	        return new Filter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.account_id = source["account_id"];
	        this.action = source["action"];
	        this.subject_id = source["subject_id"];
	    }
	}
	export class Subject {
	    kind: string;
	    id: string;
	    name: string;
	
	    static createFrom(source: any = {}) {
	        return new Subject(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.id = source["id"];
	        this.name = source["name"];
	    }
	}

}

export namespace auth {
	
	export class Auth {
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
	
	    static createFrom(source: any = {}) {
	        return new Auth(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.account_id = source["account_id"];
	        this.courier = source["courier"];
	        this.company = source["company"];
	        this.testing = source["testing"];
	        this.tracking_only = source["tracking_only"];
	        this.fields = source["fields"];
	        this.last_test_ms = source["last_test_ms"];
	        this.last_test_ok = source["last_test_ok"];
	        this.last_test_note = source["last_test_note"];
	        this.version = source["version"];
	        this.created_ms = source["created_ms"];
	        this.updated_ms = source["updated_ms"];
	    }
	}

}

export namespace courier {
	
	export class Capabilities {
	    cancel: boolean;
	    track: boolean;
	    find: boolean;
	    manifest: boolean;
	    price: boolean;
	    pickup_points: boolean;
	    collection: boolean;
	    customs: boolean;
	    relabel: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Capabilities(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.cancel = source["cancel"];
	        this.track = source["track"];
	        this.find = source["find"];
	        this.manifest = source["manifest"];
	        this.price = source["price"];
	        this.pickup_points = source["pickup_points"];
	        this.collection = source["collection"];
	        this.customs = source["customs"];
	        this.relabel = source["relabel"];
	    }
	}
	export class Item {
	    description: string;
	    extended_description?: string;
	    quantity: number;
	    value: money.Amount;
	    weight_g: number;
	    sku?: string;
	    hs_code?: string;
	    origin_country?: string;
	    image_url?: string;
	
	    static createFrom(source: any = {}) {
	        return new Item(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.description = source["description"];
	        this.extended_description = source["extended_description"];
	        this.quantity = source["quantity"];
	        this.value = this.convertValues(source["value"], money.Amount);
	        this.weight_g = source["weight_g"];
	        this.sku = source["sku"];
	        this.hs_code = source["hs_code"];
	        this.origin_country = source["origin_country"];
	        this.image_url = source["image_url"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Parcel {
	    weight_g: number;
	    length_mm: number;
	    width_mm: number;
	    height_mm: number;
	    value: money.Amount;
	    package_id?: string;
	    items: Item[];
	
	    static createFrom(source: any = {}) {
	        return new Parcel(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.weight_g = source["weight_g"];
	        this.length_mm = source["length_mm"];
	        this.width_mm = source["width_mm"];
	        this.height_mm = source["height_mm"];
	        this.value = this.convertValues(source["value"], money.Amount);
	        this.package_id = source["package_id"];
	        this.items = this.convertValues(source["items"], Item);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ServiceOffer {
	    code: string;
	    preset_code: string;
	    name: string;
	    description: string;
	    lead_days: number;
	
	    static createFrom(source: any = {}) {
	        return new ServiceOffer(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.preset_code = source["preset_code"];
	        this.name = source["name"];
	        this.description = source["description"];
	        this.lead_days = source["lead_days"];
	    }
	}
	export class Consignment {
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
	    collection_ms?: number;
	    incoterms?: string;
	    reason_for_export?: string;
	    shipping_charge: money.Amount;
	    options?: Record<string, string>;
	    testing: boolean;
	    label_format: string;
	    label_size: string;
	    label_dpi: number;
	
	    static createFrom(source: any = {}) {
	        return new Consignment(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.shipment_id = source["shipment_id"];
	        this.service = this.convertValues(source["service"], ServiceOffer);
	        this.from = this.convertValues(source["from"], postal.Address);
	        this.to = this.convertValues(source["to"], postal.Address);
	        this.parcels = this.convertValues(source["parcels"], Parcel);
	        this.reference = source["reference"];
	        this.reference_2 = source["reference_2"];
	        this.order_id = source["order_id"];
	        this.delivery_instructions = source["delivery_instructions"];
	        this.parcel_description = source["parcel_description"];
	        this.collection_ms = source["collection_ms"];
	        this.incoterms = source["incoterms"];
	        this.reason_for_export = source["reason_for_export"];
	        this.shipping_charge = this.convertValues(source["shipping_charge"], money.Amount);
	        this.options = source["options"];
	        this.testing = source["testing"];
	        this.label_format = source["label_format"];
	        this.label_size = source["label_size"];
	        this.label_dpi = source["label_dpi"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Limits {
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
	
	    static createFrom(source: any = {}) {
	        return new Limits(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.address_line = source["address_line"];
	        this.city = source["city"];
	        this.postcode = source["postcode"];
	        this.reference = source["reference"];
	        this.parcels = source["parcels"];
	        this.parcel_weight = source["parcel_weight"];
	        this.parcel_length = source["parcel_length"];
	        this.phone_needed = source["phone_needed"];
	        this.email_needed = source["email_needed"];
	    }
	}
	export class Option {
	    value: string;
	    label: string;
	
	    static createFrom(source: any = {}) {
	        return new Option(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.value = source["value"];
	        this.label = source["label"];
	    }
	}
	export class Field {
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
	
	    static createFrom(source: any = {}) {
	        return new Field(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.label = source["label"];
	        this.kind = source["kind"];
	        this.required = source["required"];
	        this.min_length = source["min_length"];
	        this.max_length = source["max_length"];
	        this.pattern = source["pattern"];
	        this.pattern_hint = source["pattern_hint"];
	        this.options = this.convertValues(source["options"], Option);
	        this.default = source["default"];
	        this.help = source["help"];
	        this.where = source["where"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Descriptor {
	    key: string;
	    name: string;
	    initials: string;
	    description: string;
	    website: string;
	    local: boolean;
	    fields: Field[];
	    options: Field[];
	    services: ServiceOffer[];
	    formats: string[];
	    sizes: string[];
	    capabilities: Capabilities;
	    limits: Limits;
	
	    static createFrom(source: any = {}) {
	        return new Descriptor(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.name = source["name"];
	        this.initials = source["initials"];
	        this.description = source["description"];
	        this.website = source["website"];
	        this.local = source["local"];
	        this.fields = this.convertValues(source["fields"], Field);
	        this.options = this.convertValues(source["options"], Field);
	        this.services = this.convertValues(source["services"], ServiceOffer);
	        this.formats = source["formats"];
	        this.sizes = source["sizes"];
	        this.capabilities = this.convertValues(source["capabilities"], Capabilities);
	        this.limits = this.convertValues(source["limits"], Limits);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Event {
	    id: string;
	    tracking_code: string;
	    at_ms: number;
	    status_code: number;
	    description: string;
	    location: string;
	
	    static createFrom(source: any = {}) {
	        return new Event(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.tracking_code = source["tracking_code"];
	        this.at_ms = source["at_ms"];
	        this.status_code = source["status_code"];
	        this.description = source["description"];
	        this.location = source["location"];
	    }
	}
	
	
	
	
	
	
	export class Warning {
	    field: string;
	    message: string;
	
	    static createFrom(source: any = {}) {
	        return new Warning(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.field = source["field"];
	        this.message = source["message"];
	    }
	}

}

export namespace desktop {
	
	export class AuditEntry {
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
	
	    static createFrom(source: any = {}) {
	        return new AuditEntry(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.at_ms = source["at_ms"];
	        this.door = source["door"];
	        this.actor = source["actor"];
	        this.from = source["from"];
	        this.action = source["action"];
	        this.subject = this.convertValues(source["subject"], audit.Subject);
	        this.account_id = source["account_id"];
	        this.before = source["before"];
	        this.after = source["after"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class AuditPage {
	    items: AuditEntry[];
	    next: string;
	
	    static createFrom(source: any = {}) {
	        return new AuditPage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.items = this.convertValues(source["items"], AuditEntry);
	        this.next = source["next"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class AuthForm {
	    account_id: string;
	    courier: string;
	    company: string;
	    testing: boolean;
	    tracking_only: boolean;
	    fields: Record<string, string>;
	
	    static createFrom(source: any = {}) {
	        return new AuthForm(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.account_id = source["account_id"];
	        this.courier = source["courier"];
	        this.company = source["company"];
	        this.testing = source["testing"];
	        this.tracking_only = source["tracking_only"];
	        this.fields = source["fields"];
	    }
	}
	export class Shipment {
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
	
	    static createFrom(source: any = {}) {
	        return new Shipment(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.row = this.convertValues(source["row"], shipment.Row);
	        this.auth_id = source["auth_id"];
	        this.service_code = source["service_code"];
	        this.consignment = this.convertValues(source["consignment"], courier.Consignment);
	        this.commercial_invoice_details = this.convertValues(source["commercial_invoice_details"], order.InvoiceDetails);
	        this.order_alt_id = source["order_alt_id"];
	        this.account_number = source["account_number"];
	        this.account_name = source["account_name"];
	        this.gift_note = source["gift_note"];
	        this.courier_ref = source["courier_ref"];
	        this.tracking_urls = source["tracking_urls"];
	        this.price = this.convertValues(source["price"], money.Amount);
	        this.failure = source["failure"];
	        this.warnings = this.convertValues(source["warnings"], courier.Warning);
	        this.request = source["request"];
	        this.answer = source["answer"];
	        this.timeline = this.convertValues(source["timeline"], shipment.Moment);
	        this.events = this.convertValues(source["events"], courier.Event);
	        this.cancellable = this.convertValues(source["cancellable"], shipment.Cancellable);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CancelledShipment {
	    shipment: Shipment;
	    already: boolean;
	
	    static createFrom(source: any = {}) {
	        return new CancelledShipment(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.shipment = this.convertValues(source["shipment"], Shipment);
	        this.already = source["already"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ChangeAccount {
	    id: string;
	    version: number;
	    name?: string;
	    default_sender?: postal.Address;
	    strict_request_ids?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ChangeAccount(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.version = source["version"];
	        this.name = source["name"];
	        this.default_sender = this.convertValues(source["default_sender"], postal.Address);
	        this.strict_request_ids = source["strict_request_ids"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Choices {
	    grace_hours: number[];
	    default_grace_hours: number;
	    scopes: string[];
	    default_scopes: string[];
	    name_limit: number;
	
	    static createFrom(source: any = {}) {
	        return new Choices(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.grace_hours = source["grace_hours"];
	        this.default_grace_hours = source["default_grace_hours"];
	        this.scopes = source["scopes"];
	        this.default_scopes = source["default_scopes"];
	        this.name_limit = source["name_limit"];
	    }
	}
	export class CreatedAccount {
	    account: account.Account;
	    key: string;
	
	    static createFrom(source: any = {}) {
	        return new CreatedAccount(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.account = this.convertValues(source["account"], account.Account);
	        this.key = source["key"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CreatedKey {
	    key: account.Key;
	    value: string;
	
	    static createFrom(source: any = {}) {
	        return new CreatedKey(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = this.convertValues(source["key"], account.Key);
	        this.value = source["value"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CreatedShipment {
	    shipment: Shipment;
	    duplicate: boolean;
	
	    static createFrom(source: any = {}) {
	        return new CreatedShipment(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.shipment = this.convertValues(source["shipment"], Shipment);
	        this.duplicate = source["duplicate"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CreatedToken {
	    token: account.Token;
	    value: string;
	
	    static createFrom(source: any = {}) {
	        return new CreatedToken(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.token = this.convertValues(source["token"], account.Token);
	        this.value = source["value"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class DocumentAsk {
	    shipment_id: string;
	    kind: string;
	    format: string;
	    dpi: number;
	    copies: number;
	
	    static createFrom(source: any = {}) {
	        return new DocumentAsk(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.shipment_id = source["shipment_id"];
	        this.kind = source["kind"];
	        this.format = source["format"];
	        this.dpi = source["dpi"];
	        this.copies = source["copies"];
	    }
	}
	export class DocumentData {
	    name: string;
	    media: string;
	    base64: string;
	    warnings: courier.Warning[];
	
	    static createFrom(source: any = {}) {
	        return new DocumentData(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.media = source["media"];
	        this.base64 = source["base64"];
	        this.warnings = this.convertValues(source["warnings"], courier.Warning);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Error {
	    code: string;
	    message: string;
	    fields: errs.Field[];
	
	    static createFrom(source: any = {}) {
	        return new Error(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.message = source["message"];
	        this.fields = this.convertValues(source["fields"], errs.Field);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class FirstRun {
	    group: string;
	    account: string;
	    sender: postal.Address;
	    testing: boolean;
	
	    static createFrom(source: any = {}) {
	        return new FirstRun(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.group = source["group"];
	        this.account = source["account"];
	        this.sender = this.convertValues(source["sender"], postal.Address);
	        this.testing = source["testing"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class FirstRunDone {
	    group: account.Group;
	    account: account.Account;
	    key: string;
	    auth: auth.Auth;
	
	    static createFrom(source: any = {}) {
	        return new FirstRunDone(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.group = this.convertValues(source["group"], account.Group);
	        this.account = this.convertValues(source["account"], account.Account);
	        this.key = source["key"];
	        this.auth = this.convertValues(source["auth"], auth.Auth);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class NewAccount {
	    group_id: string;
	    group_name: string;
	    name: string;
	    key: string;
	    default_sender: postal.Address;
	
	    static createFrom(source: any = {}) {
	        return new NewAccount(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.group_id = source["group_id"];
	        this.group_name = source["group_name"];
	        this.name = source["name"];
	        this.key = source["key"];
	        this.default_sender = this.convertValues(source["default_sender"], postal.Address);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class NewToken {
	    account_id: string;
	    name: string;
	    scopes: string[];
	    testing: boolean;
	    expires_ms: number;
	    value: string;
	
	    static createFrom(source: any = {}) {
	        return new NewToken(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.account_id = source["account_id"];
	        this.name = source["name"];
	        this.scopes = source["scopes"];
	        this.testing = source["testing"];
	        this.expires_ms = source["expires_ms"];
	        this.value = source["value"];
	    }
	}
	export class PresetLists {
	    custom: preset.Preset[];
	    system: preset.Preset[];
	
	    static createFrom(source: any = {}) {
	        return new PresetLists(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.custom = this.convertValues(source["custom"], preset.Preset);
	        this.system = this.convertValues(source["system"], preset.Preset);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class RequestPage {
	    items: requestlog.Entry[];
	    next: string;
	
	    static createFrom(source: any = {}) {
	        return new RequestPage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.items = this.convertValues(source["items"], requestlog.Entry);
	        this.next = source["next"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SavedDocument {
	    path: string;
	    warnings: courier.Warning[];
	
	    static createFrom(source: any = {}) {
	        return new SavedDocument(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.path = source["path"];
	        this.warnings = this.convertValues(source["warnings"], courier.Warning);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class ShipmentCount {
	    count: number;
	    more: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ShipmentCount(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.count = source["count"];
	        this.more = source["more"];
	    }
	}
	export class ShipmentPage {
	    items: shipment.Row[];
	    next: string;
	
	    static createFrom(source: any = {}) {
	        return new ShipmentPage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.items = this.convertValues(source["items"], shipment.Row);
	        this.next = source["next"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class State {
	    state: string;
	    error?: Error;
	    version: string;
	    data_dir: string;
	    api_url: string;
	    api_error: string;
	    vault: string;
	    new_key: boolean;
	    unknown: number;
	
	    static createFrom(source: any = {}) {
	        return new State(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.state = source["state"];
	        this.error = this.convertValues(source["error"], Error);
	        this.version = source["version"];
	        this.data_dir = source["data_dir"];
	        this.api_url = source["api_url"];
	        this.api_error = source["api_error"];
	        this.vault = source["vault"];
	        this.new_key = source["new_key"];
	        this.unknown = source["unknown"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class VerdictStep {
	    text: string;
	    took_ms: number;
	
	    static createFrom(source: any = {}) {
	        return new VerdictStep(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.text = source["text"];
	        this.took_ms = source["took_ms"];
	    }
	}
	export class Verdict {
	    steps: VerdictStep[];
	    warnings: string[];
	
	    static createFrom(source: any = {}) {
	        return new Verdict(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.steps = this.convertValues(source["steps"], VerdictStep);
	        this.warnings = source["warnings"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

export namespace errs {
	
	export class Field {
	    path: string;
	    message: string;
	
	    static createFrom(source: any = {}) {
	        return new Field(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.path = source["path"];
	        this.message = source["message"];
	    }
	}

}

export namespace money {
	
	export class Amount {
	    minor: number;
	    currency: string;
	
	    static createFrom(source: any = {}) {
	        return new Amount(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.minor = source["minor"];
	        this.currency = source["currency"];
	    }
	}

}

export namespace order {
	
	export class InvoiceDetails {
	    vat_number?: string;
	    eori_number?: string;
	    company_number?: string;
	    receiver_reference?: string;
	    size?: string;
	    billing_address: postal.Address;
	
	    static createFrom(source: any = {}) {
	        return new InvoiceDetails(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.vat_number = source["vat_number"];
	        this.eori_number = source["eori_number"];
	        this.company_number = source["company_number"];
	        this.receiver_reference = source["receiver_reference"];
	        this.size = source["size"];
	        this.billing_address = this.convertValues(source["billing_address"], postal.Address);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

export namespace page {
	
	export class Request {
	    limit: number;
	    cursor: string;
	
	    static createFrom(source: any = {}) {
	        return new Request(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.limit = source["limit"];
	        this.cursor = source["cursor"];
	    }
	}

}

export namespace postal {
	
	export class Address {
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
	
	    static createFrom(source: any = {}) {
	        return new Address(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.company_name = source["company_name"];
	        this.address_1 = source["address_1"];
	        this.address_2 = source["address_2"];
	        this.address_3 = source["address_3"];
	        this.city = source["city"];
	        this.county = source["county"];
	        this.postcode = source["postcode"];
	        this.country_iso = source["country_iso"];
	        this.phone = source["phone"];
	        this.email = source["email"];
	        this.tax_id = source["tax_id"];
	        this.eori_id = source["eori_id"];
	        this.ioss_number = source["ioss_number"];
	        this.ukims_number = source["ukims_number"];
	        this.company_id = source["company_id"];
	        this.abn_number = source["abn_number"];
	        this.arn_number = source["arn_number"];
	        this.gst_number = source["gst_number"];
	        this.voec_number = source["voec_number"];
	        this.address_name = source["address_name"];
	    }
	}

}

export namespace preset {
	
	export class Rules {
	
	
	    static createFrom(source: any = {}) {
	        return new Rules(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	
	    }
	}
	export class Preset {
	    id: string;
	    number: number;
	    account_id?: string;
	    name: string;
	    dc_service_id: string;
	    courier: string;
	    service_code: string;
	    options: Record<string, string>;
	    rules: Rules;
	    system: boolean;
	    version: number;
	    created_ms: number;
	    updated_ms: number;
	
	    static createFrom(source: any = {}) {
	        return new Preset(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.number = source["number"];
	        this.account_id = source["account_id"];
	        this.name = source["name"];
	        this.dc_service_id = source["dc_service_id"];
	        this.courier = source["courier"];
	        this.service_code = source["service_code"];
	        this.options = source["options"];
	        this.rules = this.convertValues(source["rules"], Rules);
	        this.system = source["system"];
	        this.version = source["version"];
	        this.created_ms = source["created_ms"];
	        this.updated_ms = source["updated_ms"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

export namespace requestlog {
	
	export class Entry {
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
	
	    static createFrom(source: any = {}) {
	        return new Entry(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.dc_request_id = source["dc_request_id"];
	        this.at_ms = source["at_ms"];
	        this.account_id = source["account_id"];
	        this.token_name = source["token_name"];
	        this.request_id = source["request_id"];
	        this.method = source["method"];
	        this.path = source["path"];
	        this.status = source["status"];
	        this.took_us = source["took_us"];
	        this.from = source["from"];
	        this.request = source["request"];
	        this.response = source["response"];
	    }
	}
	export class Filter {
	    account_id: string;
	    request_id: string;
	    failed: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Filter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.account_id = source["account_id"];
	        this.request_id = source["request_id"];
	        this.failed = source["failed"];
	    }
	}

}

export namespace settings {
	
	export class Business {
	    name: string;
	    address: postal.Address;
	    vat_number: string;
	    eori_number: string;
	    company_number: string;
	    logo: number[];
	    footer: string;
	    returns: string;
	
	    static createFrom(source: any = {}) {
	        return new Business(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.address = this.convertValues(source["address"], postal.Address);
	        this.vat_number = source["vat_number"];
	        this.eori_number = source["eori_number"];
	        this.company_number = source["company_number"];
	        this.logo = source["logo"];
	        this.footer = source["footer"];
	        this.returns = source["returns"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Settings {
	    bench_name: string;
	    sender: postal.Address;
	    country_iso: string;
	    time_zone: string;
	    business: Business;
	    version: number;
	    updated_ms: number;
	
	    static createFrom(source: any = {}) {
	        return new Settings(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.bench_name = source["bench_name"];
	        this.sender = this.convertValues(source["sender"], postal.Address);
	        this.country_iso = source["country_iso"];
	        this.time_zone = source["time_zone"];
	        this.business = this.convertValues(source["business"], Business);
	        this.version = source["version"];
	        this.updated_ms = source["updated_ms"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

export namespace shipment {
	
	export class Cancellable {
	    yes: boolean;
	    until_ms: number;
	    why: string;
	
	    static createFrom(source: any = {}) {
	        return new Cancellable(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.yes = source["yes"];
	        this.until_ms = source["until_ms"];
	        this.why = source["why"];
	    }
	}
	export class Filter {
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
	
	    static createFrom(source: any = {}) {
	        return new Filter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.account_id = source["account_id"];
	        this.courier = source["courier"];
	        this.states = source["states"];
	        this.testing = source["testing"];
	        this.country_iso = source["country_iso"];
	        this.printed = source["printed"];
	        this.from_ms = source["from_ms"];
	        this.to_ms = source["to_ms"];
	        this.reference = source["reference"];
	        this.number = source["number"];
	        this.dc_request_id = source["dc_request_id"];
	        this.email = source["email"];
	        this.tracking_code = source["tracking_code"];
	        this.search = source["search"];
	    }
	}
	export class Moment {
	    at_ms: number;
	    step: string;
	    note: string;
	    by: string;
	
	    static createFrom(source: any = {}) {
	        return new Moment(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.at_ms = source["at_ms"];
	        this.step = source["step"];
	        this.note = source["note"];
	        this.by = source["by"];
	    }
	}
	export class Row {
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
	
	    static createFrom(source: any = {}) {
	        return new Row(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.number = source["number"];
	        this.dc_request_id = source["dc_request_id"];
	        this.created_ms = source["created_ms"];
	        this.account_id = source["account_id"];
	        this.account = source["account"];
	        this.courier = source["courier"];
	        this.company = source["company"];
	        this.service_name = source["service_name"];
	        this.dc_service_id = source["dc_service_id"];
	        this.testing = source["testing"];
	        this.reference = source["reference"];
	        this.reference_2 = source["reference_2"];
	        this.recipient = source["recipient"];
	        this.recipient_company = source["recipient_company"];
	        this.city = source["city"];
	        this.postcode = source["postcode"];
	        this.country_iso = source["country_iso"];
	        this.parcels = source["parcels"];
	        this.weight_g = source["weight_g"];
	        this.tracking_codes = source["tracking_codes"];
	        this.state = source["state"];
	        this.status_code = source["status_code"];
	        this.packed = source["packed"];
	        this.printed_ms = source["printed_ms"];
	        this.version = source["version"];
	        this.updated_ms = source["updated_ms"];
	    }
	}

}

