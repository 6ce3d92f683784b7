import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { WebSocket as ProtocolSocket, SubscribePayload } from "graphql-ws";
import type { WebSocket } from "ws";
import { refusalOfJson } from "../../../edge/http/bodies/json-text.js";
import { HEARTBEAT_MS } from "../../../edge/http/event-stream.js";
import { Stall } from "../../../edge/http/readers/stall.js";
import { mayHaveLongIntegers, parseExact } from "../../../lib/json/exact-json.js";
import { SendingTurns } from "./sending-turns.js";

/** What a socket may send before its credential was accepted: a message, and all that it sends. */
const MESSAGE_OF_STRANGER_BYTES_MAX = 16 * 1024;
const SENT_BY_STRANGER_BYTES_MAX = 64 * 1024;
/** A longer payload of a ping is not repeated. */
const PONG_BYTES_MAX = 1024;
/** A client that sends more pings than this without reading the pongs reads nothing. */
const UNREAD_PONGS_MAX = 64;
/** How long a client may take to answer a close. */
const CLOSING_MS = 1_000;

const TOO_BIG = 1009;
const INTERNAL_ERROR = 1011;
const POLICY = 1008;

/**
 * A WebSocket as the protocol of graphql-ws uses it. It bounds what a client can make the process hold: by large
 * messages or many bytes before its credential was accepted, by pings whose pongs it does not read, and by results that
 * it does not read.
 */
export class GraphqlSocket implements ProtocolSocket {
  readonly protocol: string;
  /** In turn, one for each result, so that results do not pile up for a client that reads slowly. */
  readonly turns: SendingTurns;
  private readonly connection: Socket;
  private isStranger = true;
  private receivedOfStranger = 0;
  /** The message that is being received. The protocol handles its start before it waits for anything. */
  private receiving = "";
  private unreadPongs = 0;
  private pinged: { readonly bytesRead: number } | undefined;

  constructor(
    private readonly socket: WebSocket,
    request: IncomingMessage,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.protocol = socket.protocol;
    this.connection = request.socket;
    this.turns = new SendingTurns(socket);
    this.connection.on("data", this.countStranger);
    // After it, the library closes the socket with the code that fits, such as 1009 for a message that is too large.
    socket.on("error", () => this.cutSoon());
    socket.on("ping", (data: Buffer) => this.pong((sent) => socket.pong(data, false, sent)));
    this.beat();
  }

  /** The credential was accepted: messages may be as large as the server allows. */
  welcome(): void {
    this.isStranger = false;
    this.connection.off("data", this.countStranger);
  }

  async send(message: string): Promise<void> {
    if (this.socket.readyState !== this.socket.OPEN) return;
    await new Promise<void>((resolve, reject) =>
      this.socket.send(message, (error) => {
        this.turns.next();
        if (error) reject(error);
        else resolve();
      }),
    );
  }

  /** Closes with a code. A client that does not answer the close within a second loses its connection. */
  close(code?: number, reason?: string): void {
    this.socket.close(code, reason);
    this.cutSoon();
  }

  onMessage(take: (message: string) => Promise<void>): void {
    this.socket.on("message", (data: Buffer) => {
      if (this.socket.readyState !== this.socket.OPEN) return;
      const message = data.toString();
      const refusal = refusalOfJson(message);
      if (this.isStranger && data.length > MESSAGE_OF_STRANGER_BYTES_MAX) this.refuseSize();
      else if (refusal) this.close(TOO_BIG, refusal.message);
      else {
        this.receiving = message;
        take(message).catch((error) => {
          // A message that cannot be sent because the client is gone is no failure.
          if (this.socket.readyState !== this.socket.OPEN) return;
          this.onFailure(error);
          this.close(INTERNAL_ERROR, "Internal server error");
        });
      }
    });
  }

  /**
   * Returns the payload of the message that is being received, with every digit of its integers. The protocol reads
   * messages with doubles, so a message that may have longer integers is read a second time.
   */
  exactPayload(payload: SubscribePayload): SubscribePayload {
    if (!mayHaveLongIntegers(this.receiving)) return payload;
    return (parseExact(this.receiving) as { payload: SubscribePayload }).payload;
  }

  onPing(payload: unknown): void {
    const text = JSON.stringify(payload);
    const isRepeated = text !== undefined && Buffer.byteLength(text) <= PONG_BYTES_MAX;
    const message = JSON.stringify({ type: "pong", ...(isRepeated && { payload }) });
    this.pong((sent) => this.socket.send(message, sent));
  }

  private pong(send: (sent: () => void) => void): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.unreadPongs += 1;
    if (this.unreadPongs > UNREAD_PONGS_MAX) {
      this.close(POLICY, `The client reads nothing: ${UNREAD_PONGS_MAX} pongs wait for it.`);
      return;
    }
    send(() => {
      this.unreadPongs -= 1;
      this.turns.next();
    });
  }

  private readonly countStranger = (chunk: Buffer): void => {
    this.receivedOfStranger += chunk.length;
    if (this.receivedOfStranger <= SENT_BY_STRANGER_BYTES_MAX) return;
    this.refuseSize();
    this.socket.terminate();
  };

  private refuseSize(): void {
    this.close(
      TOO_BIG,
      `Before connection_ack a message has at most ${MESSAGE_OF_STRANGER_BYTES_MAX} bytes, and all together ${SENT_BY_STRANGER_BYTES_MAX}.`,
    );
  }

  /** Pings the client at intervals, and cuts the connection of one that neither answers nor reads. */
  private beat(): void {
    const stall = new Stall(this.connection, HEARTBEAT_MS);
    const heartbeat = setInterval(() => {
      const isSilent = this.pinged?.bytesRead === this.connection.bytesRead;
      // A ping may have to wait behind a long result.
      if (stall.isOver() || (isSilent && this.socket.bufferedAmount === 0)) this.socket.terminate();
      else {
        this.pinged = { bytesRead: this.connection.bytesRead };
        this.socket.ping();
      }
    }, HEARTBEAT_MS);
    this.socket.once("close", () => clearInterval(heartbeat));
  }

  private cutSoon(): void {
    const cut = setTimeout(() => this.socket.terminate(), CLOSING_MS);
    this.socket.once("close", () => clearTimeout(cut));
  }
}
