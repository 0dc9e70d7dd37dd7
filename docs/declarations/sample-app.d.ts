import { type Tried } from "@holdfast/browser";
import { mail, type User } from "./contract.ts";
export declare const client: import("@holdfast/core").Client<import("@holdfast/browser").Contract<{
    readonly echo: import("@holdfast/browser").Call<import("zod").ZodString, import("zod").ZodString, Record<never, never>>;
    readonly publish: import("@holdfast/browser").Event<import("zod").ZodObject<{
        to: import("zod").ZodString;
        subject: import("zod").ZodString;
        at: import("zod").ZodCodec<import("zod").ZodISODateTime, import("zod").ZodDate>;
    }, import("zod/v4/core").$strip>>;
    readonly join: import("@holdfast/browser").Call<import("zod").ZodString, import("@holdfast/browser").Nothing, {
        readonly FULL: import("zod").ZodObject<{
            limit: import("zod").ZodNumber;
        }, import("zod/v4/core").$strip>;
        readonly SHUT: import("zod").ZodVoid;
    }>;
    readonly feed: import("@holdfast/browser").Stream<import("zod").ZodObject<{
        unread: import("zod").ZodBoolean;
    }, import("zod/v4/core").$strip>, import("zod").ZodObject<{
        id: import("zod").ZodNumber;
        at: import("zod").ZodCodec<import("zod").ZodISODateTime, import("zod").ZodDate>;
    }, import("zod/v4/core").$strip>, number, Record<never, never>>;
    readonly ticks: import("@holdfast/browser").Stream<import("@holdfast/browser").Nothing, import("zod").ZodNumber, string | number, Record<never, never>>;
    readonly leave: import("@holdfast/browser").Event<import("@holdfast/browser").Nothing>;
}, {
    readonly notification: import("@holdfast/browser").Event<import("zod").ZodObject<{
        to: import("zod").ZodString;
        subject: import("zod").ZodString;
        at: import("zod").ZodCodec<import("zod").ZodISODateTime, import("zod").ZodDate>;
    }, import("zod/v4/core").$strip>>;
    readonly locate: import("@holdfast/browser").Call<import("@holdfast/browser").Nothing, import("zod").ZodString, Record<never, never>>;
}>>;
export declare const echoed: Promise<string>;
export declare const joined: Promise<Tried<import("@holdfast/browser").Call<import("zod").ZodString, import("@holdfast/browser").Nothing, {
    readonly FULL: import("zod").ZodObject<{
        limit: import("zod").ZodNumber;
    }, import("zod/v4/core").$strip>;
    readonly SHUT: import("zod").ZodVoid;
}>>>;
export declare const feed: AsyncIterableIterator<{
    id: number;
    at: Date;
}>;
export declare const ticks: AsyncIterableIterator<number>;
export declare const told: Promise<{
    to: string;
    subject: string;
    at: Date;
}>;
export declare const state: import("@holdfast/core").ConnectionState;
export declare const lost: Promise<import("@holdfast/core").Lost>;
export declare const server: {
    handle(handlers: import("@holdfast/server").Handlers<import("@holdfast/browser").Contract<{
        readonly echo: import("@holdfast/browser").Call<import("zod").ZodString, import("zod").ZodString, Record<never, never>>;
        readonly publish: import("@holdfast/browser").Event<import("zod").ZodObject<{
            to: import("zod").ZodString;
            subject: import("zod").ZodString;
            at: import("zod").ZodCodec<import("zod").ZodISODateTime, import("zod").ZodDate>;
        }, import("zod/v4/core").$strip>>;
        readonly join: import("@holdfast/browser").Call<import("zod").ZodString, import("@holdfast/browser").Nothing, {
            readonly FULL: import("zod").ZodObject<{
                limit: import("zod").ZodNumber;
            }, import("zod/v4/core").$strip>;
            readonly SHUT: import("zod").ZodVoid;
        }>;
        readonly feed: import("@holdfast/browser").Stream<import("zod").ZodObject<{
            unread: import("zod").ZodBoolean;
        }, import("zod/v4/core").$strip>, import("zod").ZodObject<{
            id: import("zod").ZodNumber;
            at: import("zod").ZodCodec<import("zod").ZodISODateTime, import("zod").ZodDate>;
        }, import("zod/v4/core").$strip>, number, Record<never, never>>;
        readonly ticks: import("@holdfast/browser").Stream<import("@holdfast/browser").Nothing, import("zod").ZodNumber, string | number, Record<never, never>>;
        readonly leave: import("@holdfast/browser").Event<import("@holdfast/browser").Nothing>;
    }, {
        readonly notification: import("@holdfast/browser").Event<import("zod").ZodObject<{
            to: import("zod").ZodString;
            subject: import("zod").ZodString;
            at: import("zod").ZodCodec<import("zod").ZodISODateTime, import("zod").ZodDate>;
        }, import("zod/v4/core").$strip>>;
        readonly locate: import("@holdfast/browser").Call<import("@holdfast/browser").Nothing, import("zod").ZodString, Record<never, never>>;
    }>, User>): import("@holdfast/server").NodeServer<import("@holdfast/browser").Contract<{
        readonly echo: import("@holdfast/browser").Call<import("zod").ZodString, import("zod").ZodString, Record<never, never>>;
        readonly publish: import("@holdfast/browser").Event<import("zod").ZodObject<{
            to: import("zod").ZodString;
            subject: import("zod").ZodString;
            at: import("zod").ZodCodec<import("zod").ZodISODateTime, import("zod").ZodDate>;
        }, import("zod/v4/core").$strip>>;
        readonly join: import("@holdfast/browser").Call<import("zod").ZodString, import("@holdfast/browser").Nothing, {
            readonly FULL: import("zod").ZodObject<{
                limit: import("zod").ZodNumber;
            }, import("zod/v4/core").$strip>;
            readonly SHUT: import("zod").ZodVoid;
        }>;
        readonly feed: import("@holdfast/browser").Stream<import("zod").ZodObject<{
            unread: import("zod").ZodBoolean;
        }, import("zod/v4/core").$strip>, import("zod").ZodObject<{
            id: import("zod").ZodNumber;
            at: import("zod").ZodCodec<import("zod").ZodISODateTime, import("zod").ZodDate>;
        }, import("zod/v4/core").$strip>, number, Record<never, never>>;
        readonly ticks: import("@holdfast/browser").Stream<import("@holdfast/browser").Nothing, import("zod").ZodNumber, string | number, Record<never, never>>;
        readonly leave: import("@holdfast/browser").Event<import("@holdfast/browser").Nothing>;
    }, {
        readonly notification: import("@holdfast/browser").Event<import("zod").ZodObject<{
            to: import("zod").ZodString;
            subject: import("zod").ZodString;
            at: import("zod").ZodCodec<import("zod").ZodISODateTime, import("zod").ZodDate>;
        }, import("zod/v4/core").$strip>>;
        readonly locate: import("@holdfast/browser").Call<import("@holdfast/browser").Nothing, import("zod").ZodString, Record<never, never>>;
    }>, User>;
};
export type Joined = Tried<(typeof mail)["fromClient"]["join"]>;
export declare const emit: (name: "publish", input: {
    to: string;
    subject: string;
    at: Date;
}, options?: {
    readonly signal?: AbortSignal | undefined;
} | undefined) => Promise<void>;
export declare const call: (name: "join", input: string, options?: import("@holdfast/browser").CallOptions | undefined) => Promise<void>;
export declare const stream: (name: "feed", input: {
    unread: boolean;
}, options?: import("@holdfast/browser").ReaderOptions | undefined) => AsyncIterableIterator<{
    id: number;
    at: Date;
}>;
